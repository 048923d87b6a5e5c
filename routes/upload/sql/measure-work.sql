-- All instances of the service measure the same.
with waiting as (
    select count(*) as depth, min(published_at) as since
    from uploads
    where published_at is not null
      and announced_at is null
)
select 'queue.depth' as meter, 'outbox' as queue, cast(depth as double precision) as value
from waiting
union all
select 'queue.age.seconds', 'outbox', coalesce(extract(epoch from now() - since), 0)
from waiting
