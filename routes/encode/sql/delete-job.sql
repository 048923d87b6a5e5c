-- Leaves a tombstone, also of a job that was never here, so that no late message brings the video back. What is stored
-- goes at once; a worker that has not heard of it yet may store a little more, but not for longer than two leases.
with job as (
    insert into jobs (video_id, user_id, state)
    values (:?video_id, :?user_id, 'deleted')
    on conflict (video_id) do update
    set state       = 'deleted',
        delivery    = null,
        headers     = '{}',
        progress    = 0,
        worker      = null,
        lease_until = null,
        reason      = null,
        failure     = null,
        result      = null,
        picture     = null,
        updated_at  = now()
    where jobs.state <> 'deleted'
    returning video_id
), ended as (
    update attempts
    set ended_at = now(),
        outcome  = 'cancelled'
    from job
    where attempts.video_id = job.video_id
      and attempts.ended_at is null
), unwanted as (
    delete from downloads
    where video_id = :?video_id
)
insert into orphans (prefix, video_id, sweep_after, keep_until)
select 'encoded-videos/' || video_id || '/', video_id, now(), now() + 2 * cast(:?${properties:encode.lease} as interval)
from job
on conflict do nothing
