-- Uses a refresh token up for its successor, or gives the same successor again for a moment. Those who come at once do it
-- one after the other, by the lock on the session, and each finds what the former one left; whoever ends the session
-- meanwhile has ended it for the successor too. A successor that was used itself is given to nobody.
WITH lasting AS (
    SELECT id
    FROM sessions
    WHERE id = CAST(:?session_id AS uuid) AND revoked_at IS NULL AND expires_at > now()
    FOR UPDATE
), used AS (
    UPDATE refresh_tokens
    SET used_at = coalesce(used_at, now()), successor = decode(:?new_refresh_hash, 'hex')
    FROM lasting
    WHERE hash = decode(:?refresh_hash, 'hex')
      AND session_id = lasting.id
      AND (
        used_at IS NULL AND expires_at > now()
        OR used_at > now() - CAST(:?${properties:authentication.refresh-grace} AS interval)
            AND successor = decode(:?new_refresh_hash, 'hex'))
    RETURNING session_id
), successor AS (
    INSERT INTO refresh_tokens AS known (hash, session_id, expires_at)
    SELECT decode(:?new_refresh_hash, 'hex'), session_id, :?refresh_expires_at
    FROM used
    ON CONFLICT (hash) DO UPDATE SET expires_at = known.expires_at WHERE known.used_at IS NULL
    RETURNING session_id
)
UPDATE sessions
SET last_used_at = now(),
    client_address = coalesce(nullif(:?client_address, ''), client_address),
    client_agent = coalesce(nullif(:?client_agent, ''), client_agent),
    token_expires_at = greatest(token_expires_at, :?token_expires_at)
FROM successor
WHERE id = successor.session_id
RETURNING id
