-- Of an accepted upload only how long it was is asked again.
with forgotten as (
    delete from upload_parts
    where video_id = :?videoId
)
update resumable_uploads
set tail         = null,
    tail_size    = 0,
    store_upload = null
where video_id = :?videoId
