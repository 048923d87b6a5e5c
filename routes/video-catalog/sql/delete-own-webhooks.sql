-- With what was said of them.
WITH webhook AS (
    DELETE FROM webhooks
    WHERE user_id = :?caller
)
DELETE FROM events
WHERE user_id = :?caller
    AND type LIKE 'webhook.%'
