-- Of several instances each takes others; one that dies with them leaves them to all after 30 seconds.
update uploads
set announce_after = now() + interval '30 seconds'
where video_id in (
    select video_id
    from uploads
    where published_at is not null
      and announced_at is null
      and announce_after <= now()
    order by announce_after
    limit 5
    for update skip locked
)
returning video_id, thumbnail_id, user_id, title, description, thumbnail, thumbnail_size, thumbnail_etag,
    size, etag, published_at, request_id, traceparent
