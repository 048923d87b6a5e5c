-- Together with its upload: whoever else is at it can note nothing any more.
with failed as (
    update imports
    set ended_at      = now(),
        claim         = null,
        claimed_until = null,
        code          = :?code,
        reason        = :?reason,
        status        = cast(:?${header.status} as integer)
    where claim = :?claim
    returning video_id
)
delete from uploads
using failed
where uploads.video_id = failed.video_id
  and uploads.published_at is null
returning uploads.video_id
