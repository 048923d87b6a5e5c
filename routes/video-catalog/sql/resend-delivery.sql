UPDATE deliveries
SET state = 'waiting', tries = 0, not_before = now(), claim = NULL
FROM webhooks
WHERE deliveries.id = :?delivery_id
    AND webhooks.id = deliveries.webhook_id
    AND webhooks.id = :?webhook_id
    AND webhooks.user_id = :?caller
    AND webhooks.disabled_at IS NULL
RETURNING deliveries.id
