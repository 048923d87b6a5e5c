-- An event that no other webhook is told, on its way to this one.
WITH webhook AS (
    SELECT id, user_id, url
    FROM webhooks
    WHERE id = :?webhook_id
        AND user_id = :?caller
        AND disabled_at IS NULL
), event AS (
    INSERT INTO events (type, user_id, data)
    SELECT 'webhook.test', user_id, jsonb_build_object('webhook', jsonb_build_object('id', id, 'url', url))
    FROM webhook
    RETURNING id
)
INSERT INTO deliveries (webhook_id, user_id, event_id)
SELECT webhook.id, webhook.user_id, event.id
FROM webhook, event
RETURNING id
