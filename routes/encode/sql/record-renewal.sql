-- With its event, all or nothing; not when the video has been deleted or encoded again meanwhile. What was chosen meanwhile
-- is made at once. The files that are shown no more go as those of a superseded attempt do.
with job as (
    update jobs
    set result      = cast(:?result as jsonb),
        renew_after = now()
    where video_id = :?video_id
      and result = cast(:?before as jsonb)
      and state <> 'deleted'
    returning video_id
), superseded as (
    insert into orphans (prefix, video_id, number, sweep_after, keep_until)
    select cast(:?superseded as text), video_id, 0, later, greatest(later, now() + 4 * cast(:?${properties:encode.lease} as interval))
    from job,
    lateral (select now() + cast(:?${properties:encode.orphans-after} as interval) as later) as time
    where cast(:?superseded as text) is not null
    on conflict do nothing
)
insert into outbox (exchange, routing_key, body, headers)
select :?exchange, :?event_key, :?event, cast(:?event_headers as jsonb)
from job
