-- All instances of the service measure the same.
with waiting as (
    select count(*) as depth, min(published_at) as since
    from uploads
    where published_at is not null
      and announced_at is null
), importing as (
    select count(*) as depth, min(created_at) as since
    from imports
    where ended_at is null
)
select 'queue.depth' as meter, 'outbox' as queue, cast(depth as double precision) as value
from waiting
union all
select 'queue.age.seconds', 'outbox', coalesce(extract(epoch from now() - since), 0)
from waiting
union all
select 'queue.depth', 'imports', cast(depth as double precision)
from importing
union all
select 'queue.age.seconds', 'imports', coalesce(extract(epoch from now() - since), 0)
from importing
