-- The row goes first, as of what is abandoned: nobody can accept it any more.
with forgotten as (
    delete from imports
    where user_id = :?owner
), untold as (
    delete from source_files
    where user_id = :?owner
)
delete from uploads
where user_id = :?owner
  and published_at is null
returning video_id, thumbnail_id
