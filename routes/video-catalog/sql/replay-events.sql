-- A row for a webhook that there is, which says how many are on their way: no more than are looked through in one go.
WITH webhook AS (
    SELECT *
    FROM webhooks
    WHERE id = :?webhook_id
        AND user_id = :?caller
        AND disabled_at IS NULL
), replayed AS (
    INSERT INTO deliveries (webhook_id, event_id)
    SELECT webhooks.id, events.id
    FROM webhook
    JOIN webhooks ON webhooks.id = webhook.id
    CROSS JOIN events
    WHERE events.occurred_at >= CAST(:?since AS timestamptz)
        AND events.occurred_at < CAST(:?until AS timestamptz)
        AND hears(webhooks, events)
    ORDER BY events.number
    LIMIT 10000
    ON CONFLICT (event_id, webhook_id) DO UPDATE SET state = 'waiting', tries = 0, not_before = now(), claim = NULL
    RETURNING id
)
SELECT CAST((SELECT count(*) FROM replayed) AS integer) AS events
FROM webhook
