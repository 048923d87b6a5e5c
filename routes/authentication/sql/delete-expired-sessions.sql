-- Those that can't be refreshed any more and whose access tokens have all expired; their refresh tokens go with them.
DELETE FROM sessions
WHERE id IN (
    SELECT id
    FROM sessions s
    WHERE s.token_expires_at < now() - interval '1 minute'
      AND (
        s.revoked_at IS NOT NULL
        OR s.expires_at < now()
        OR NOT EXISTS (
            SELECT FROM refresh_tokens t WHERE t.session_id = s.id AND t.used_at IS NULL AND t.expires_at > now()))
    LIMIT 10000
    FOR UPDATE SKIP LOCKED
)
