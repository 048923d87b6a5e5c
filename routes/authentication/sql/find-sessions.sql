-- Those that can still be refreshed or whose access token is still good, which began with the password of now.
SELECT CAST(s.id AS text) AS id, s.created_at, s.last_used_at, s.expires_at, s.client_address, s.client_agent,
    s.id = CAST(:?session_id AS uuid) AS current
FROM sessions s
WHERE s.user_id = :?user_id
  AND s.credential_version = :?credential_version
  AND s.revoked_at IS NULL
  AND s.expires_at > now()
  AND (
    s.token_expires_at > now()
    OR EXISTS (SELECT FROM refresh_tokens t WHERE t.session_id = s.id AND t.used_at IS NULL AND t.expires_at > now()))
  AND (s.created_at, s.id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS uuid))
ORDER BY s.created_at DESC, s.id DESC
LIMIT :?size + 1
