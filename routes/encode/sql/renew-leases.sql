-- Returns what this worker still holds: neither ended by somebody else nor taken over.
update jobs
set lease_until = now() + cast(:?${properties:encode.lease} as interval),
    progress    = held.progress
from jsonb_to_recordset(cast(:?leases as jsonb)) as held (video_id text, attempt integer, progress integer)
where jobs.video_id = held.video_id
  and jobs.attempt = held.attempt
  and jobs.state = 'running'
returning jobs.video_id, jobs.attempt
