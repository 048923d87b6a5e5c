-- A message that comes again changes nothing, with one exception: an operator sent a job again that was given up. It is as urgent
-- as it was.
insert into jobs (video_id, user_id, turn, delivery, headers)
values (:?video_id, :?user_id, next_turn(:?user_id), :?delivery, cast(:?headers as jsonb))
on conflict (video_id) do update
set delivery   = excluded.delivery,
    headers    = excluded.headers,
    state      = 'waiting',
    failures   = 0,
    turn       = next_turn(jobs.user_id, jobs.priority),
    not_before = now(),
    progress   = 0,
    reason     = null,
    failure    = null,
    updated_at = now()
where jobs.state = 'failed'
  and jobs.reason = 'SERVICE_FAULT'
