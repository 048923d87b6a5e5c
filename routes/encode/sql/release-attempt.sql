-- Gives a job back that nothing is wrong with, for the next worker.
with job as (
    update jobs
    set state       = 'waiting',
        not_before  = now() + interval '1 second',
        progress    = 0,
        worker      = null,
        lease_until = null,
        updated_at  = now()
    where video_id = :?video_id
      and attempt = cast(:?attempt as integer)
      and state = 'running'
    returning video_id, attempt, cast(state as text) as state, reason
), ended as (
    update attempts
    set ended_at = now(),
        outcome  = 'handed-back',
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
)
select state, reason
from job
