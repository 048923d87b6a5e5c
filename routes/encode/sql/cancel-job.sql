-- Ends a job that waits or runs, with its event. The attempt is the one of this moment, whichever it was a moment ago.
with job as (
    update jobs
    set state       = 'cancelled',
        progress    = 0,
        reason      = :?reason,
        failure     = :?failure,
        worker      = null,
        lease_until = null,
        updated_at  = now()
    where video_id = :?video_id
      and state in ('waiting', 'running')
    returning video_id, attempt, cast(state as text) as state, reason
), ended as (
    update attempts
    set ended_at = now(),
        outcome  = 'cancelled'
    from job
    where attempts.video_id = job.video_id
      and attempts.ended_at is null
    returning attempts.video_id, attempts.number
), orphaned as (
    insert into orphans (prefix, video_id, number, sweep_after, keep_until)
    select 'encoded-videos/' || video_id || '/' || number || '/', video_id, number, later, greatest(later, settled)
    from ended,
    lateral (
        select now() + cast(:?${properties:encode.orphans-after} as interval) as later,
               now() + 2 * cast(:?${properties:encode.lease} as interval) as settled
    ) as time
    on conflict do nothing
), told as (
    insert into outbox (exchange, routing_key, body, headers)
    select :?exchange,
           :?event_key,
           convert_to(cast(jsonb_set(cast(:?event as jsonb), '{data,attempt}', to_jsonb(attempt)) as text), 'UTF8'),
           cast(:?event_headers as jsonb)
    from job
)
select state, reason
from job
