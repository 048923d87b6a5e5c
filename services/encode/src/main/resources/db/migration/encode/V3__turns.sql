-- Jobs are claimed in the order of their turns. A user's jobs have turns that follow each other, and a newcomer's first one
-- has the turn that it is, so that one of each user runs before the second of another's does, however many wait.
alter table jobs
    add column turn bigint not null default 0;

update jobs
set turn = placed.turn
from (
    select video_id, row_number() over (partition by user_id order by state desc, not_before, created_at) - 1 as turn
    from jobs
    where state in ('waiting', 'running')
) as placed
where jobs.video_id = placed.video_id;

drop index jobs_to_claim;
create index jobs_to_claim on jobs (turn, not_before) where state = 'waiting';
create index jobs_of_a_user_by_turn on jobs (user_id, turn) where state in ('waiting', 'running');
create index jobs_waiting_since on jobs (not_before) where state = 'waiting';
create index attempts_lost on attempts (video_id) where outcome = 'lost';

-- The turn of a job that begins to wait now.
create function next_turn(owner bigint) returns bigint
    language sql stable
as $$
    select greatest(
        0,
        (select max(turn) + 1 from jobs where user_id = owner and state in ('waiting', 'running')),
        least(
            (select min(turn) from jobs where state = 'waiting'),
            (select min(turn) from jobs where state = 'running')
        )
    )
$$;
