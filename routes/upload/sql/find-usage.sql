-- Neither counts what others of this user begin or end at this moment, so that many at once can go over a limit by as many
-- as they are; what begins after them is refused.
select count(*) filter (where published_at is null
                          and not direct
                          and created_at > now() - cast(:?abandonedAfter as interval)) as open,
       cast(coalesce(sum(size), 0) as bigint) as used
from uploads
where user_id = :?userId
