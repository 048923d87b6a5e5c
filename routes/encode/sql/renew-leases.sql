-- Returns what this worker still holds: neither ended by somebody else nor taken over. Downloads are of an attempt that is over, so
-- none of them has the name of a job that runs.
with held as (
    select *
    from jsonb_to_recordset(cast(:?leases as jsonb)) as held (video_id text, attempt integer, progress integer)
), running as (
    update jobs
    set lease_until = now() + cast(:?${properties:encode.lease} as interval),
        progress    = held.progress
    from held
    where jobs.video_id = held.video_id
      and jobs.attempt = held.attempt
      and jobs.state = 'running'
    returning jobs.video_id, jobs.attempt
), made as (
    update downloads
    set make_after = greatest(make_after, now() + cast(:?${properties:encode.lease} as interval))
    from held
    join jobs using (video_id)
    where downloads.video_id = held.video_id
      and downloads.worker = :?${bean:runningJobs.worker}
      and downloads.make_after is not null
      and cast(coalesce(jobs.result ->> 'attempt', cast(jobs.attempt as text)) as integer) = held.attempt
      and jobs.state <> 'deleted'
    returning held.video_id, held.attempt
)
select video_id, attempt from running
union
select video_id, attempt from made
