-- Ends an attempt that failed for the platform's fault, or whose worker is gone. It is tried again, later each time;
-- when the tries are used up the job has failed, with its event and its dead letter, all or nothing.
with job as (
    update jobs
    set state       = cast(case when failures + 1 < cast(:?${properties:encode.max-attempts} as integer) then 'waiting' else 'failed' end as job_state),
        reason      = case when failures + 1 < cast(:?${properties:encode.max-attempts} as integer) then null else :?reason end,
        failure     = case when failures + 1 < cast(:?${properties:encode.max-attempts} as integer) then null else :?failure end,
        failures    = failures + 1,
        -- Half of it is chance, so that what failed together does not come back together.
        not_before  = now() + (0.5 + random() / 2) * least(
            cast(:?${properties:encode.retry-delay} as interval) * power(2, least(failures, 20)),
            cast(:?${properties:encode.retry-max-delay} as interval)
        ),
        progress    = 0,
        worker      = null,
        lease_until = null,
        updated_at  = now()
    where video_id = :?video_id
      and attempt = cast(:?attempt as integer)
      and state = 'running'
      and (cast(:?outcome as text) <> 'lost' or lease_until < now())
    returning video_id, attempt, cast(state as text) as state, reason
), ended as (
    update attempts
    set ended_at = now(),
        outcome  = :?outcome,
        error    = cast(:?error as text)
    from job
    where attempts.video_id = job.video_id
      and attempts.number = job.attempt
), orphaned as (
    insert into orphans (prefix, video_id, number, sweep_after, keep_until)
    select 'encoded-videos/' || video_id || '/' || attempt || '/', video_id, attempt, later, greatest(later, settled)
    from job,
    lateral (
        select now() + cast(:?${properties:encode.orphans-after} as interval) as later,
               now() + 2 * cast(:?${properties:encode.lease} as interval) as settled
    ) as time
    on conflict do nothing
), told as (
    insert into outbox (exchange, routing_key, body, headers)
    select message.*
    from job,
    lateral (
        values (:?exchange, :?event_key, cast(:?event as bytea), cast(:?event_headers as jsonb)),
               ('default', :?dead_letter_queue, cast(:?delivery as bytea), cast(:?dead_letter_headers as jsonb))
    ) as message
    where job.state = 'failed'
)
select state, reason
from job
