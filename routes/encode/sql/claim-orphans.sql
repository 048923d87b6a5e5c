-- Of several workers each takes others; what one fails at is taken up again after a minute. What an attempt left is played until
-- the next one has got as far, so it stays while there will be a next one for a video that was never ready.
update orphans
set sweep_after = now() + interval '1 minute'
where prefix in (
    select prefix
    from orphans
    where sweep_after <= now()
      and not exists (
        select from jobs
        where jobs.video_id = orphans.video_id
          and orphans.number is not null
          and jobs.state in ('waiting', 'running')
          and jobs.result is null
      )
    order by sweep_after
    limit 10
    for update skip locked
)
returning prefix
