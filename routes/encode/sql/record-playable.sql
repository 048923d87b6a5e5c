-- Tells how far a video can be played while it is encoded for the first time; only the attempt that holds the job can.
with job as (
    select video_id
    from jobs
    where video_id = :?video_id
      and attempt = cast(:?attempt as integer)
      and state = 'running'
      and result is null
    for share
)
insert into outbox (exchange, routing_key, body, headers)
select cast(:?exchange as text), cast(:?event_key as text), cast(:?event as bytea), cast(:?event_headers as jsonb)
from job
