-- Of several instances each takes others; what one that dies was sending is sent again when its lease ends. One webhook's first
-- comes before another's second, and each webhook and each user has so many under way at most, one that fails a single one: who is
-- slow delays nobody else.
WITH under_way AS (
    SELECT webhook_id, user_id, count(*) AS deliveries
    FROM deliveries
    WHERE claim IS NOT NULL
        AND not_before > now()
    GROUP BY webhook_id, user_id
), of_user AS (
    SELECT user_id, sum(deliveries) AS deliveries
    FROM under_way
    GROUP BY user_id
), due AS (
    SELECT next.id, next.not_before, webhooks.user_id, CASE WHEN webhooks.failing_since IS NULL THEN 8 ELSE 1 END AS places,
        coalesce(under_way.deliveries, 0) + row_number() OVER (PARTITION BY webhooks.id ORDER BY next.not_before) AS place
    FROM webhooks
    LEFT JOIN under_way ON under_way.webhook_id = webhooks.id
    CROSS JOIN LATERAL (
        SELECT id, not_before
        FROM deliveries
        WHERE webhook_id = webhooks.id
            AND state = 'waiting'
            AND not_before <= now()
        ORDER BY not_before
        LIMIT 8
    ) AS next
    WHERE webhooks.disabled_at IS NULL
), placed AS (
    SELECT due.id, due.place, due.not_before,
        coalesce(of_user.deliveries, 0) + row_number() OVER (PARTITION BY due.user_id ORDER BY due.place, due.not_before) AS place_of_user
    FROM due
    LEFT JOIN of_user ON of_user.user_id = due.user_id
    WHERE due.place <= due.places
), picked AS (
    SELECT deliveries.id
    FROM placed
    JOIN deliveries ON deliveries.id = placed.id
    WHERE placed.place_of_user <= 16
        AND deliveries.state = 'waiting'
        AND deliveries.not_before <= now()
    ORDER BY placed.place, placed.not_before
    LIMIT CAST(:?${properties:video-catalog.deliveries-at-once} AS integer)
    FOR UPDATE OF deliveries SKIP LOCKED
), claimed AS (
    UPDATE deliveries
    SET claim = gen_random_uuid(),
        not_before = now() + CAST(:?${properties:video-catalog.delivery-lease} AS interval)
    FROM picked
    WHERE deliveries.id = picked.id
    RETURNING deliveries.claim, deliveries.webhook_id, deliveries.event_id
)
SELECT claimed.claim, webhooks.url, webhooks.secret, events.id AS event_id,
    CASE WHEN webhooks.former_until > now() THEN webhooks.former_secret END AS former_secret,
    CASE webhooks.format WHEN 'cloudevents' THEN 'application/cloudevents+json' ELSE 'application/json' END AS content_type,
    CAST(CASE webhooks.format
        WHEN 'cloudevents' THEN jsonb_build_object(
            'specversion', '1.0', 'id', events.id, 'source', 'urn:caravan:video-catalog', 'type', events.type,
            'time', events.occurred_at, 'datacontenttype', 'application/json', 'dataschema', 'urn:caravan:event:' || events.type || ':1',
            'data', jsonb_build_object('number', events.number) || events.data
        ) || jsonb_strip_nulls(jsonb_build_object('subject', events.data -> 'video' ->> 'video_id'))
        ELSE jsonb_build_object(
            'type', events.type, 'timestamp', events.occurred_at, 'data', jsonb_build_object('number', events.number) || events.data
        )
    END AS text) AS body
FROM claimed
JOIN webhooks ON webhooks.id = claimed.webhook_id
JOIN events ON events.id = claimed.event_id
