-- Of several instances each takes another; one that dies with it leaves it to all after 30 seconds.
UPDATE outbox
SET tries = tries + 1,
    claimed_until = now() + interval '30 seconds'
WHERE id = (
    SELECT id
    FROM outbox
    WHERE not_before <= now()
        AND (claimed_until IS NULL OR claimed_until < now())
    ORDER BY not_before, id
    LIMIT 1
    FOR UPDATE SKIP LOCKED
)
RETURNING id, key, queue, content_type, traceparent, request_id, body
