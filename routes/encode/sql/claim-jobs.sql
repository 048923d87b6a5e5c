-- As many jobs as this worker has places: the more urgent first, which only administrators say, and of those that are as urgent
-- in the order of their turns, so that of a user's jobs one runs before the second of another's does. What is looked at is what
-- is next, however many wait; of several workers each takes others. The attempt counts from here on, so that a job that kills its
-- worker is known for it. A worker has one job at a time of those that were lost with a worker: whichever did it, the others lose
-- no further attempt by it.
with busy as (
    select user_id, count(*) as jobs
    from jobs
    where state = 'running'
    group by user_id
), next as (
    (
        select video_id, user_id, priority, turn, not_before
        from jobs
        where state = 'waiting'
          and not_before <= now()
          and not exists (select from attempts where attempts.video_id = jobs.video_id and outcome = 'lost')
          and not exists (
              select from busy
              where busy.user_id = jobs.user_id
                and busy.jobs >= cast(:?${properties:encode.max-running-per-user} as integer)
          )
        order by priority desc, turn, not_before
        limit 100
    )
    union all
    (
        select video_id, user_id, priority, turn, not_before
        from jobs
        where state = 'waiting'
          and not_before <= now()
          and video_id in (select video_id from attempts where outcome = 'lost')
          and not exists (
              select from busy
              where busy.user_id = jobs.user_id
                and busy.jobs >= cast(:?${properties:encode.max-running-per-user} as integer)
          )
          and not exists (
              select
              from jobs mine
              join attempts on attempts.video_id = mine.video_id and attempts.outcome = 'lost'
              where mine.state = 'running'
                and mine.worker = :?${bean:runningJobs.worker}
          )
        order by priority desc, turn, not_before
        limit 1
    )
), placed as (
    select video_id, priority, turn, not_before,
           coalesce(busy.jobs, 0)
               + row_number() over (partition by user_id order by priority desc, turn, not_before) as place
    from next
    left join busy using (user_id)
), picked as (
    select jobs.video_id
    from jobs
    join placed using (video_id)
    where jobs.state = 'waiting'
      and placed.place <= cast(:?${properties:encode.max-running-per-user} as integer)
    order by placed.priority desc, placed.turn, placed.not_before
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
    returning jobs.video_id, attempt, worker, delivery, headers, picture_number, picture, picture_second
), noted as (
    insert into attempts (video_id, number, worker)
    select video_id, attempt, worker
    from claimed
)
select video_id, attempt, delivery, cast(headers as text) as headers, picture_number, picture, picture_second
from claimed
