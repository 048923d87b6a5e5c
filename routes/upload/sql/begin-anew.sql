-- What was fetched is of a file that is no longer there.
with forgotten as (
    delete from upload_parts
    where video_id = :?videoId
)
update resumable_uploads
set received     = 0,
    tail         = null,
    tail_size    = 0,
    store_upload = null
from uploads
where uploads.video_id = resumable_uploads.video_id
  and resumable_uploads.video_id = :?videoId
  and uploads.published_at is null
