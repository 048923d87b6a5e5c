-- What the server says of the file; what is being fetched does not expire.
with noted as (
    update imports
    set validator    = cast(:?${header.validator} as text),
        length_known = cast(:?lengthKnown as boolean)
    where claim = :?claim
    returning video_id
), declared as (
    update uploads
    set declared = nullif(cast(:?${header.declared} as bigint), 0)
    from noted
    where uploads.video_id = noted.video_id
      and uploads.published_at is null
    returning uploads.video_id
)
update resumable_uploads
set length     = cast(:?${header.uploadLength} as bigint),
    expires_at = now() + cast(:?${properties:upload.abandoned-after} as interval)
from declared
where resumable_uploads.video_id = declared.video_id
