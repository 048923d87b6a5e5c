-- With its upload, whose row goes first: whoever is fetching can note nothing any more.
with withdrawn as (
    delete from uploads
    using imports
    where imports.video_id = uploads.video_id
      and imports.video_id = :?videoId
      and imports.user_id = :?userId
      and uploads.published_at is null
    returning uploads.video_id
)
delete from imports
where video_id = :?videoId
  and user_id = :?userId
returning (select count(*) from withdrawn) as withdrawn
