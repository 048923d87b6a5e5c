-- Closes the letter and leaves its message in the outbox, in one statement. One whose replay waits is tried at once.
WITH replayed AS (
    UPDATE dead_letters
    SET state = 'replayed',
        closed_at = now()
    WHERE id = :?id
        AND state = 'open'
        AND queue IS NOT NULL
    RETURNING id, queue, content_type, traceparent, request_id, body
), sent AS (
    INSERT INTO outbox (queue, content_type, traceparent, request_id, body, dead_letter_id)
    SELECT queue, content_type, traceparent, request_id, body, id
    FROM replayed
    RETURNING id
), hurried AS (
    UPDATE outbox
    SET not_before = now()
    WHERE dead_letter_id = :?id
        AND error IS NOT NULL
    RETURNING id
)
SELECT id FROM sent
UNION ALL
SELECT id FROM hurried
