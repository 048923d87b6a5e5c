-- The latest ends, from which what waits reckons when its turn comes.
create index attempts_by_end on attempts (ended_at) where ended_at is not null;
