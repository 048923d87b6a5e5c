-- What the server says of the file. From here on its bytes come, and soon who takes them has the lease of the upload.
with noted as (
    update imports
    set validator     = cast(:?${header.validator} as text),
        length_known  = cast(:?lengthKnown as boolean),
        claimed_until = now() + cast(:?${properties:upload.lease} as interval)
    where video_id = :?videoId
), upload as (
    update uploads
    set declared = nullif(cast(:?${header.declared} as bigint), 0)
    where video_id = :?videoId
      and published_at is null
)
update resumable_uploads
set length = cast(:?${header.uploadLength} as bigint)
from uploads
where uploads.video_id = resumable_uploads.video_id
  and resumable_uploads.video_id = :?videoId
  and uploads.published_at is null
