-- The more often it has not worked, the longer until the next try: a second at first, 15 at most.
UPDATE outbox
SET claimed_until = NULL,
    not_before = now() + least(interval '0.5 seconds' * power(2, least(tries, 10)), interval '15 seconds'),
    error = left(coalesce(CAST(:?${exception.message} AS text), 'unknown'), 500)
WHERE id = :?message_id
