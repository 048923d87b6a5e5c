-- Ends an attempt that came to its own end, with its event, all or nothing; only the attempt that holds the job can. One that
-- nothing is wrong with leaves its job waiting, for the next worker, and no event.
with job as (
    update jobs
    set state       = cast(:?state as job_state),
        progress    = case cast(:?state as job_state) when 'succeeded' then 100 else 0 end,
        reason      = cast(:?reason as text),
        failure     = cast(:?failure as text),
        result      = coalesce(cast(:?result as jsonb), result),
        not_before  = now() + interval '1 second',
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
        outcome  = :?outcome,
        error    = cast(:?error as text)
    from job
    where attempts.video_id = job.video_id
      and attempts.number = job.attempt
), to_make as (
    -- Those of the attempt before are not those of this one.
    update downloads
    set worker     = null,
        tries      = 0,
        make_after = now()
    from job
    where downloads.video_id = job.video_id
      and downloads.wanted
      and job.state = 'succeeded'
), superseded as (
    select attempts.video_id, attempts.number
    from attempts
    join job using (video_id)
    where job.state = 'succeeded'
      and attempts.outcome = 'succeeded'
      and attempts.number < job.attempt
    order by attempts.number desc
    limit 1
), orphaned as (
    insert into orphans (prefix, video_id, number, sweep_after, keep_until)
    select 'encoded-videos/' || video_id || '/' || number || '/', video_id, number, later, greatest(later, settled)
    from (
        select video_id, number from superseded
        union all
        select video_id, attempt from job where state <> 'succeeded'
    ) as old,
    lateral (
        select now() + cast(:?${properties:encode.orphans-after} as interval) as later,
               now() + 2 * cast(:?${properties:encode.lease} as interval) as settled
    ) as time
    on conflict do nothing
), postponed as (
    -- What attempts before this one left may be played at this moment.
    update orphans
    set sweep_after = greatest(sweep_after, now() + cast(:?${properties:encode.orphans-after} as interval))
    from job
    where orphans.video_id = job.video_id
      and orphans.number is not null
      and job.state = 'succeeded'
), told as (
    insert into outbox (exchange, routing_key, body, headers)
    select cast(:?exchange as text), cast(:?event_key as text), cast(:?event as bytea), cast(:?event_headers as jsonb)
    from job
    where state <> 'waiting'
)
select state, reason
from job
