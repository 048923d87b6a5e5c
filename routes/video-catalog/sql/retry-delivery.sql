-- Each wait is longer than the one before, and at least as long as the server says. What has failed for the last time becomes a dead
-- letter, and a webhook that has taken nothing for days is disabled.
WITH waits AS (
    SELECT CAST(string_to_array(:?${properties:video-catalog.delivery-retries}, ',') AS integer[]) AS seconds
), tried AS (
    UPDATE deliveries
    SET tries = tries + 1,
        claim = NULL,
        state = CASE WHEN tries < cardinality(waits.seconds) THEN CAST('waiting' AS delivery_state) ELSE 'failed' END,
        not_before = now() + interval '1 second' * greatest(
            waits.seconds[tries + 1] * (1 + random() / 10),
            CAST(:?${header.retryAfter} AS integer)
        )
    FROM waits
    WHERE claim = :?claim
    RETURNING deliveries.id, deliveries.webhook_id, deliveries.event_id, deliveries.state, deliveries.tries
), noted AS (
    INSERT INTO delivery_attempts (delivery_id, milliseconds, status, error, answer)
    SELECT id, :?milliseconds, CAST(:?${header.status} AS integer), CAST(:?${header.error} AS text), CAST(:?${header.answer} AS text)
    FROM tried
), failing AS (
    UPDATE webhooks
    SET failed_at = now(),
        failing_since = since.moment,
        disabled_at = CASE WHEN since.too_long THEN now() END,
        disabled_reason = CASE
            WHEN since.too_long THEN 'The server has taken nothing since ' || to_char(since.moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') || ' UTC.'
        END
    FROM tried
    JOIN webhooks AS known ON known.id = tried.webhook_id
    -- After two days without a try it begins anew.
    CROSS JOIN LATERAL (
        SELECT CASE WHEN known.failed_at > now() - interval '2 days' THEN known.failing_since ELSE now() END AS moment
    ) AS begun
    CROSS JOIN LATERAL (
        SELECT begun.moment, begun.moment < now() - CAST(:?${properties:video-catalog.disable-webhooks-after} AS interval) AS too_long
    ) AS since
    WHERE webhooks.id = tried.webhook_id
        AND webhooks.url = :?url
        AND webhooks.disabled_at IS NULL
)
INSERT INTO dead_letters (
    fingerprint, queue, service, reason, error, failed_at, route_trail, headers, content_type, body
)
SELECT sha256(convert_to(tried.id || ' ' || clock_timestamp(), 'UTF8')), :?${properties:amqp.webhooks-queue}, 'video-catalog',
    'WEBHOOK_EXHAUSTED',
    'The webhook ' || webhooks.id || ' did not take ' || events.type || ' in ' || tried.tries || ' tries: '
        || coalesce(CAST(:?${header.error} AS text), 'the server answered ' || CAST(:?${header.status} AS integer) || '.'),
    now(), ARRAY['video-catalog-deliver'], '{}', 'application/json',
    convert_to(CAST(jsonb_build_object(
        'key', 'WebhookExhausted',
        'data', jsonb_build_object('delivery_id', tried.id, 'webhook_id', webhooks.id, 'event_id', events.id, 'type', events.type)
    ) AS text), 'UTF8')
FROM tried
JOIN webhooks ON webhooks.id = tried.webhook_id
JOIN events ON events.id = tried.event_id
WHERE tried.state = 'failed'
