-- A row for a webhook that there is, which says how many are on their way: no more than are looked through in one go. Those that are
-- being sent already go on as they are.
WITH webhook AS (
    SELECT webhooks AS row, id, user_id, everybody
    FROM webhooks
    WHERE id = :?webhook_id
        AND user_id = :?caller
        AND disabled_at IS NULL
), asked AS (
    SELECT events.id, events.number
    FROM webhook
    JOIN events ON events.user_id = webhook.user_id
    WHERE NOT webhook.everybody
        AND events.occurred_at >= CAST(:?since AS timestamptz)
        AND events.occurred_at < CAST(:?until AS timestamptz)
        AND hears(webhook.row, events)
    UNION ALL
    SELECT events.id, events.number
    FROM webhook
    CROSS JOIN events
    WHERE webhook.everybody
        AND events.occurred_at >= CAST(:?since AS timestamptz)
        AND events.occurred_at < CAST(:?until AS timestamptz)
        AND hears(webhook.row, events)
), replayed AS (
    INSERT INTO deliveries (webhook_id, user_id, event_id)
    SELECT webhook.id, webhook.user_id, asked.id
    FROM webhook
    CROSS JOIN (SELECT id FROM asked ORDER BY number LIMIT 10000) AS asked
    ON CONFLICT (event_id, webhook_id) DO UPDATE
        SET state = 'waiting', tries = 0,
            not_before = CASE WHEN deliveries.claim IS NULL THEN now() ELSE deliveries.not_before END
    RETURNING id
)
SELECT CAST((SELECT count(*) FROM replayed) AS integer) AS events
FROM webhook
