-- The session that a refresh token belongs to, while it lasts. One that was used is found also when it has expired.
SELECT CAST(s.id AS text) AS session_id, s.user_id, s.credential_version, s.expires_at, t.used_at IS NOT NULL AS used
FROM refresh_tokens t
JOIN sessions s ON s.id = t.session_id
WHERE t.hash = decode(:?refresh_hash, 'hex')
  AND (t.expires_at > now() OR t.used_at IS NOT NULL)
  AND s.revoked_at IS NULL
  AND s.expires_at > now()
