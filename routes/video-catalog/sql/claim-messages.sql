-- Of several instances each takes another; one that dies with it leaves it to all after 30 seconds.
UPDATE outbox
SET tries = tries + 1,
    claimed_until = now() + interval '30 seconds'
WHERE id = (
    SELECT id
    FROM outbox
    WHERE not_before <= now()
        AND (claimed_until IS NULL OR claimed_until < now())
    ORDER BY not_before, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING id, body,
    -- To a queue by its name: that is its key on the exchange that has none.
    CASE WHEN queue IS NULL THEN :?${properties:amqp.exchange} ELSE 'default' END AS exchange,
    coalesce(queue, key) AS routing_key,
    CAST(jsonb_strip_nulls(jsonb_build_object(
        'content-type', content_type,
        'traceparent', traceparent,
        'x-request-id', request_id,
        'x-mandatory', CASE WHEN NOT mandatory THEN 'false' END
    )) AS text) AS headers
