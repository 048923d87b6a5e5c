-- The outbox is the uploads that are accepted and not announced; each is the message EncodeUploadedVideo. Of several
-- instances each takes others; one that dies with them leaves them to all after 30 seconds. Size and etag say what was
-- accepted: the addresses that the files were put to work for a while yet, so whoever fetches them asks for these and no
-- others. The thumbnail is named when the user sent one.
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
returning video_id as id,
    cast(:?${properties:amqp.exchange} as text) as exchange,
    'EncodeUploadedVideo' as routing_key,
    convert_to(cast(json_strip_nulls(json_build_object(
        'key', 'EncodeUploadedVideo',
        'data', json_build_object(
            'video_id', video_id,
            'thumbnail_id', thumbnail_id,
            'title', title,
            'description', description,
            'visibility', visibility,
            'published_at', to_char(published_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
            'user_id', user_id,
            'thumbnail', case when thumbnail then 'thumbnails/' || thumbnail_id end,
            'thumbnail_size', case when thumbnail then thumbnail_size end,
            'thumbnail_etag', case when thumbnail then thumbnail_etag end,
            'size', size,
            'etag', etag
        )
    )) as text), 'UTF8') as body,
    cast(json_strip_nulls(json_build_object(
        'content-type', 'application/json',
        'x-request-id', request_id,
        'traceparent', traceparent
    )) as text) as headers
