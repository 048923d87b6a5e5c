-- As revoke-session.sql, for all sessions of a user.
WITH ended AS (
    UPDATE sessions
    SET revoked_at = now(), revoke_reason = :?revoke_reason
    WHERE user_id = :?user_id AND revoked_at IS NULL
    RETURNING id, token_expires_at
)
INSERT INTO revocations (key, until)
SELECT CAST(id AS text), token_expires_at + interval '1 minute'
FROM ended
ON CONFLICT (key) DO UPDATE SET until = excluded.until, mirrored_at = NULL
RETURNING key, until
