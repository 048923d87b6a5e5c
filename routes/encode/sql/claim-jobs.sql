-- As many jobs as this worker has places. Of a user's jobs one runs before the second of another's does; of several
-- workers each takes others. The attempt counts from here on, so that a job that kills its worker is known for it.
with running as (
    select user_id, count(*) as jobs
    from jobs
    where state = 'running'
    group by user_id
), ranked as (
    select video_id,
           coalesce(running.jobs, 0) + row_number() over (partition by user_id order by not_before, created_at) as place
    from jobs
    left join running using (user_id)
    where state = 'waiting'
      and not_before <= now()
), picked as (
    select jobs.video_id
    from jobs
    join ranked using (video_id)
    where jobs.state = 'waiting'
      and ranked.place <= cast(:?${properties:encode.max-running-per-user} as integer)
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
