-- The row goes first, as of what is abandoned: whoever is still sending can note nothing any more.
delete from uploads
using resumable_uploads as resumable
where resumable.video_id = uploads.video_id
  and uploads.video_id = :?videoId
  and uploads.user_id = :?userId
  and uploads.published_at is null
