-- Of a webhook without any, a row without an id.
SELECT delivery.id, delivery.event_id, events.type, events.video_id, CAST(delivery.state AS text) AS state, delivery.created_at,
    CASE
        WHEN delivery.state <> 'waiting' OR webhooks.disabled_at IS NOT NULL THEN NULL
        -- It is on its way.
        WHEN delivery.claim IS NOT NULL THEN now()
        ELSE delivery.not_before
    END AS next_at,
    coalesce((
        SELECT CAST(jsonb_agg(to_jsonb(attempt) - 'delivery_id' ORDER BY attempt.at DESC) AS text)
        FROM (
            SELECT *
            FROM delivery_attempts
            WHERE delivery_id = delivery.id
            ORDER BY at DESC
            LIMIT 20
        ) AS attempt
    ), '[]') AS attempts
FROM webhooks
LEFT JOIN LATERAL (
    SELECT *
    FROM deliveries
    WHERE webhook_id = webhooks.id
        AND (:?state = '' OR state = CAST(nullif(:?state, '') AS delivery_state))
        AND (created_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS uuid))
    ORDER BY created_at DESC, id DESC
    LIMIT :?size + 1
) AS delivery ON true
LEFT JOIN events ON events.id = delivery.event_id
WHERE webhooks.id = :?webhook_id
    AND webhooks.user_id = :?caller
ORDER BY delivery.created_at DESC, delivery.id DESC
