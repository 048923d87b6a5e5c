update imports
set ended_at      = now(),
    claimed_until = null,
    code          = null,
    reason        = null,
    status        = null
where video_id = :?videoId
  and ended_at is null
