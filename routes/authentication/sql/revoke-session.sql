-- Ends a session of a user that has not ended yet: nothing is returned when it has, or is another's. The session's access tokens are revoked with
-- it, and for a minute longer than they live, by which clocks may differ.
WITH ended AS (
    UPDATE sessions
    SET revoked_at = now(), revoke_reason = :?revoke_reason
    WHERE id = CAST(:?session_id AS uuid) AND user_id = :?user_id AND revoked_at IS NULL
    RETURNING id, token_expires_at
)
INSERT INTO revocations (key, until)
SELECT CAST(id AS text), token_expires_at + interval '1 minute'
FROM ended
ON CONFLICT (key) DO UPDATE SET until = excluded.until, mirrored_at = NULL
RETURNING key, until
