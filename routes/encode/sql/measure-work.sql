-- All instances of the service measure the same.
with waiting as (
    select count(*) as depth, min(not_before) as since
    from jobs
    where state = 'waiting'
), told as (
    select count(*) as depth, min(created_at) as since
    from outbox
), swept as (
    select count(*) as depth, min(sweep_after) as since
    from orphans
    where sweep_after <= now()
), queues as (
    select 'jobs' as queue, depth, since from waiting
    union all
    select 'outbox', depth, since from told
    union all
    select 'orphans', depth, since from swept
)
select 'queue.depth' as meter, queue, cast(depth as double precision) as value
from queues
union all
select 'queue.age.seconds', queue, greatest(0, coalesce(extract(epoch from now() - since), 0))
from queues
union all
select 'encode.jobs.running', null, count(*)
from jobs
where state = 'running'
