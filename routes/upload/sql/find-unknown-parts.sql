-- Of the multipart uploads listed, which are old, those that are of no resumable upload that waits for its next bytes.
select listed.key, listed.name
from unnest(cast(:?keys as text[]), cast(:?ids as uuid[]), cast(:?names as text[])) as listed (key, id, name)
where not exists (
    select
    from resumable_uploads
    join uploads on uploads.video_id = resumable_uploads.video_id
    where resumable_uploads.video_id = listed.id
      and resumable_uploads.store_upload = listed.name
      and uploads.published_at is null
)
