-- The last hundred, in their order.
select number, worker, started_at, ended_at, outcome, error
from (
    select *
    from attempts
    where video_id = :?video_id
    order by number desc
    limit 100
) as latest
order by number
