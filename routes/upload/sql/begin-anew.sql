-- What was fetched is of a file that is no longer there. Not while somebody has the lease, and not once it is accepted.
with begun as (
    select resumable_uploads.video_id
    from resumable_uploads
    join uploads on uploads.video_id = resumable_uploads.video_id
    join imports on imports.video_id = resumable_uploads.video_id
    where imports.claim = :?claim
      and uploads.published_at is null
      and (resumable_uploads.lease_until is null or resumable_uploads.lease_until < now())
    for update of resumable_uploads
), forgotten as (
    delete from upload_parts
    using begun
    where upload_parts.video_id = begun.video_id
)
update resumable_uploads
set received     = 0,
    tail         = null,
    tail_size    = 0,
    store_upload = null,
    lease        = null,
    lease_until  = null
from begun
where resumable_uploads.video_id = begun.video_id
