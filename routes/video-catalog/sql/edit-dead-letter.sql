-- A replay that the broker did not take is withdrawn, unless it is being tried. The message is another now, so one that
-- comes as this one came is no repetition of it.
WITH withdrawn AS (
    DELETE FROM outbox
    WHERE dead_letter_id = :?id
        AND error IS NOT NULL
        AND (claimed_until IS NULL OR claimed_until < now())
    RETURNING dead_letter_id
)
UPDATE dead_letters
SET original_body = coalesce(original_body, body),
    body = :?body,
    edited_at = now(),
    fingerprint = sha256(fingerprint || convert_to(CAST(id AS text), 'UTF8')),
    state = 'open',
    closed_at = NULL
WHERE id = :?id
    AND (state = 'open' OR id IN (SELECT dead_letter_id FROM withdrawn))
RETURNING id
