WITH ended AS (
    UPDATE deliveries
    SET state = 'delivered', tries = tries + 1, claim = NULL
    WHERE claim = :?claim
    RETURNING id, webhook_id
), noted AS (
    INSERT INTO delivery_attempts (delivery_id, milliseconds, status, answer)
    SELECT id, :?milliseconds, :?status, CAST(:?answer AS text)
    FROM ended
)
UPDATE webhooks
SET failing_since = NULL, failed_at = NULL
FROM ended
WHERE webhooks.id = ended.webhook_id
    AND webhooks.url = :?url
    AND webhooks.failing_since IS NOT NULL
