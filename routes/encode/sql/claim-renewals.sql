-- Of videos whose last success says nothing of all the sizes of their picture, or of another one than was chosen. Of several
-- workers each takes others; what one fails at is taken up again when nothing of it can come any more.
update jobs
set renew_after = now() + 4 * cast(:?${properties:encode.lease} as interval)
where video_id in (
    select video_id
    from jobs
    where result is not null
      and state <> 'deleted'
      and (result -> 'thumbnails' is null or coalesce(cast(result ->> 'picture' as integer), 0) <> picture_number)
      and renew_after <= now()
    order by renew_after
    limit 1
    for update skip locked
)
returning video_id,
          cast(coalesce(result ->> 'attempt', cast(attempt as text)) as integer) as attempt,
          delivery,
          cast(headers as text) as headers,
          cast(result as text) as result,
          picture_number,
          picture,
          picture_second
