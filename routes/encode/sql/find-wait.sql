-- What a waiting job waits for, or no row. Those before it are counted in the order in which jobs are claimed, up to a
-- thousand: the more urgent and, of those that are as urgent, the ones of earlier turns. Put in the order of the index they are read
-- by it, and no others. When its turn comes is reckoned from the pace of the latest twenty and from how many run; with none running
-- nobody can tell.
with job as (
    select user_id, priority, turn, not_before, failures
    from jobs
    where video_id = :?video_id
      and state = 'waiting'
), running as (
    select count(*) as jobs, count(*) filter (where jobs.user_id = job.user_id) as own
    from jobs, job
    where state = 'running'
      and lease_until > now()
), before as (
    select count(*) as jobs
    from job,
    lateral (
        (
            select
            from jobs
            where state = 'waiting'
              and not_before <= now()
              and priority > job.priority
            order by priority desc, turn, not_before
            limit 1000
        )
        union all
        (
            select
            from jobs
            where state = 'waiting'
              and not_before <= now()
              and priority = job.priority
              and (turn, not_before) < (job.turn, job.not_before)
            order by turn, not_before
            limit 1000
        )
        limit 1000
    ) as counted
), pace as (
    select extract(epoch from avg(ended_at - started_at)) as seconds
    from (
        select started_at, ended_at
        from attempts
        where ended_at > now() - interval '1 day'
          and outcome in ('succeeded', 'refused')
        order by ended_at desc
        limit 20
    ) as latest
), idle as (
    select not exists (
        select from attempts where ended_at > now() - cast(:?${properties:encode.lease} as interval)
    ) as since_a_lease
), reasoned as (
    select case
               when failures > 0 and not_before > now() then 'RETRY'
               when own >= cast(:?${properties:encode.max-running-per-user} as integer) then 'OWN_VIDEOS'
               when running.jobs = 0 and since_a_lease
                   and not_before < now() - cast(:?${properties:encode.lease} as interval) then 'NO_WORKER'
               else 'WORKER'
           end as reason,
           not_before, running.jobs as running, before.jobs as before, seconds
    from job, running, before, pace, idle
)
select reason,
       case when reason <> 'RETRY' then cast(before + 1 as integer) end as position,
       before < 1000 as position_exact,
       case reason
           when 'RETRY' then not_before
           when 'WORKER' then now() + (before + 1) * seconds / nullif(running, 0) * interval '1 second'
       end as expected_at
from reasoned
