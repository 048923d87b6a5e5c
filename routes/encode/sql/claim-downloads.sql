-- Of encoded videos that are wanted as files and are not there as such, or no more. Of several workers each takes others; what one
-- dies with is taken up again when its lease ends, and what one fails at later each time.
with due as (
    select downloads.video_id
    from downloads
    join jobs using (video_id)
    where make_after <= now()
      and result is not null
      and state <> 'deleted'
    order by make_after
    limit 1
    for update of downloads skip locked
), claimed as (
    update downloads
    set worker     = :?${bean:runningJobs.worker},
        tries      = tries + 1,
        make_after = case
            when result -> 'downloads' is null
                then now() + power(2, least(tries, 8)) * cast(:?${properties:encode.lease} as interval)
        end
    from due
    join jobs using (video_id)
    where downloads.video_id = due.video_id
    returning downloads.video_id, title, make_after, result, delivery, headers, attempt
)
select video_id, title, delivery, cast(headers as text) as headers,
       cast(coalesce(result ->> 'attempt', cast(attempt as text)) as integer) as attempt
from claimed
where make_after is not null
