update jobs
set state      = 'waiting',
    failures   = 0,
    turn       = next_turn(user_id, priority),
    not_before = now(),
    progress   = 0,
    reason     = null,
    failure    = null,
    updated_at = now()
where video_id = :?video_id
  and state in ('succeeded', 'failed', 'cancelled')
returning cast(state as text) as state, reason
