WITH ended AS (
    UPDATE deliveries
    SET state = 'failed', tries = tries + 1, claim = NULL
    WHERE claim = :?claim
    RETURNING id, webhook_id
), noted AS (
    INSERT INTO delivery_attempts (delivery_id, milliseconds, status, answer)
    SELECT id, :?milliseconds, :?status, CAST(:?answer AS text)
    FROM ended
)
UPDATE webhooks
SET disabled_at = now(), disabled_reason = 'The server answered 410: it wants no more.'
FROM ended
WHERE webhooks.id = ended.webhook_id
    AND webhooks.url = :?url
    AND webhooks.disabled_at IS NULL
