-- A replay that the broker did not take is withdrawn, unless it is being tried.
WITH withdrawn AS (
    DELETE FROM outbox
    WHERE dead_letter_id = :?id
        AND error IS NOT NULL
        AND (claimed_until IS NULL OR claimed_until < now())
    RETURNING dead_letter_id
)
UPDATE dead_letters
SET state = 'discarded',
    closed_at = now()
WHERE id = :?id
    AND (state = 'open' OR id IN (SELECT dead_letter_id FROM withdrawn))
RETURNING id
