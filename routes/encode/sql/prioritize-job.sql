-- Of the jobs that are as urgent it is the latest of its owner's; told the same again it keeps its turn. One that runs may wait
-- again, if its worker is stopped.
update jobs
set turn       = case priority
        when cast(:?priority as integer) then turn
        else next_turn(user_id, cast(:?priority as integer))
    end,
    priority   = cast(:?priority as integer),
    updated_at = now()
where video_id = :?video_id
  and state in ('waiting', 'running')
returning cast(state as text) as state
