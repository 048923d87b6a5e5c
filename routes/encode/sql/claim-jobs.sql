-- As many jobs as this worker has places. Of a user's jobs one runs before the second of another's does; of several
-- workers each takes others. The attempt counts from here on, so that a job that kills its worker is known for it. A worker
-- has one job at a time of those that were lost with a worker: whichever did it, the others lose no further attempt by it.
with running as (
    select user_id, count(*) as jobs
    from jobs
    where state = 'running'
    group by user_id
), placed as (
    select video_id,
           not_before,
           exists (
               select 1
               from attempts
               where attempts.video_id = jobs.video_id
                 and attempts.outcome = 'lost'
           ) as suspect,
           coalesce(running.jobs, 0) + row_number() over (partition by user_id order by not_before, created_at) as place
    from jobs
    left join running using (user_id)
    where state = 'waiting'
      and not_before <= now()
), ranked as (
    select video_id, place, suspect, row_number() over (partition by suspect order by place, not_before) as turn
    from placed
    where place <= cast(:?${properties:encode.max-running-per-user} as integer)
), picked as (
    select jobs.video_id
    from jobs
    join ranked using (video_id)
    where jobs.state = 'waiting'
      and (not ranked.suspect or ranked.turn = 1 and not exists (
          select 1
          from jobs mine
          join attempts on attempts.video_id = mine.video_id and attempts.outcome = 'lost'
          where mine.state = 'running'
            and mine.worker = :?${bean:runningJobs.worker}
      ))
    order by ranked.place, jobs.not_before
    limit cast(:?${bean:runningJobs.free} as integer)
    for update of jobs skip locked
), claimed as (
    update jobs
    set state       = 'running',
        attempt     = attempt + 1,
        worker      = :?${bean:runningJobs.worker},
        lease_until = now() + cast(:?${properties:encode.lease} as interval),
        progress    = 0,
        updated_at  = now()
    from picked
    where jobs.video_id = picked.video_id
    returning jobs.video_id, attempt, worker, delivery, headers
), noted as (
    insert into attempts (video_id, number, worker)
    select video_id, attempt, worker
    from claimed
)
select video_id, attempt, delivery, cast(headers as text) as headers
from claimed
