UPDATE deliveries
-- One that is being sent already goes on as it is.
SET state = 'waiting', tries = 0, not_before = CASE WHEN claim IS NULL THEN now() ELSE not_before END
FROM webhooks
WHERE deliveries.id = :?delivery_id
    AND webhooks.id = deliveries.webhook_id
    AND webhooks.id = :?webhook_id
    AND webhooks.user_id = :?caller
    AND webhooks.disabled_at IS NULL
RETURNING deliveries.id
