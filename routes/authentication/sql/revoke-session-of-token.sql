-- As revoke-session.sql, and the access token at hand by its own id, until it expires.
WITH ended AS (
    UPDATE sessions
    SET revoked_at = now(), revoke_reason = :?revoke_reason
    WHERE id = CAST(:?session_id AS uuid) AND revoked_at IS NULL
    RETURNING id, token_expires_at
)
INSERT INTO revocations (key, until)
SELECT CAST(id AS text), token_expires_at + interval '1 minute'
FROM ended
UNION ALL
SELECT CAST(:?token_id AS text), :?token_until
FROM ended
ON CONFLICT (key) DO UPDATE SET until = excluded.until, mirrored_at = NULL
RETURNING key, until
