update imports
set ended_at      = now(),
    claimed_until = null,
    code          = :?code,
    reason        = :?reason,
    status        = cast(:?${header.status} as integer)
where video_id = :?videoId
  and ended_at is null
