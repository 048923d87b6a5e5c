-- What is urgent comes before all turns, which are fair only among jobs that are as urgent. So each priority has turns of its own:
-- jobs that wait for ever behind more urgent ones would else keep the first turn low, and who comes one at a time before who waits.
alter table jobs
    add column priority smallint not null default 50 check (priority between 0 and 100); -- larger ones first

drop index jobs_to_claim;
create index jobs_to_claim on jobs (priority desc, turn, not_before) where state = 'waiting';
drop index jobs_of_a_user_by_turn;
create index jobs_of_a_user_by_turn on jobs (user_id, priority, turn) where state in ('waiting', 'running');

-- The turn of a job that begins to wait now. Workers of before, which go on meanwhile, name no priority.
drop function next_turn(bigint);
create function next_turn(owner bigint, its_priority integer default 50) returns bigint
    language sql stable
as $$
    select greatest(
        0,
        (
            select max(turn) + 1
            from jobs
            where user_id = owner and priority = its_priority and state in ('waiting', 'running')
        ),
        least(
            (select min(turn) from jobs where priority = its_priority and state = 'waiting'),
            (select min(turn) from jobs where priority = its_priority and state = 'running')
        )
    )
$$;
