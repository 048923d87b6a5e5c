-- What the owner says later counts, whichever message comes first. What is being made already goes on.
insert into downloads (video_id, revision, wanted, title, make_after)
select :?video_id, cast(:?revision as integer), :?wanted, :?title, case when :?wanted then now() end
where not exists (select from jobs where video_id = :?video_id and state = 'deleted')
on conflict (video_id) do update
set revision   = excluded.revision,
    wanted     = excluded.wanted,
    title      = excluded.title,
    tries      = case when downloads.wanted then downloads.tries else 0 end,
    make_after = case when downloads.wanted and excluded.wanted then downloads.make_after else excluded.make_after end
where downloads.revision < excluded.revision
