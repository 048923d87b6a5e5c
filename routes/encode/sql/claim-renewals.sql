-- Of videos whose last success says nothing of all the sizes of their picture. Of several workers each takes others; what
-- one fails at is taken up again when nothing of it can come any more.
update jobs
set renew_after = now() + 4 * cast(:?${properties:encode.lease} as interval)
where video_id in (
    select video_id
    from jobs
    where result is not null
      and result -> 'thumbnails' is null
      and state <> 'deleted'
      and renew_after <= now()
    order by renew_after
    limit 1
    for update skip locked
)
returning video_id,
          cast(coalesce(result ->> 'attempt', cast(attempt as text)) as integer) as attempt,
          delivery,
          cast(headers as text) as headers,
          cast(result as text) as result
