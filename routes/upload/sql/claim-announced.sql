-- Of several instances each takes others; what the encoder gives no answer to is taken up again after a minute.
update uploads
set announce_after = now() + interval '1 minute'
where video_id in (
    select video_id
    from uploads
    where announced_at is not null
      and taken_at is null
      and announce_after <= now()
    order by announce_after
    limit 20
    for update skip locked
)
returning video_id, user_id
