-- The session that a refresh token belongs to, while it lasts. One that was used is found also when it has expired. It comes
-- again in good faith for a moment, until its successor has been used: then the client has the successor.
SELECT CAST(s.id AS text) AS session_id, s.user_id, s.credential_version, s.expires_at, CAST(t.salt AS text) AS salt,
    t.used_at IS NOT NULL AND NOT (
        t.used_at > now() - CAST(:?${properties:authentication.refresh-grace} AS interval)
        AND t.salt IS NOT NULL
        AND EXISTS (SELECT FROM refresh_tokens n WHERE n.hash = t.successor AND n.used_at IS NULL)
    ) AS reused
FROM refresh_tokens t
JOIN sessions s ON s.id = t.session_id
WHERE t.hash = decode(:?refresh_hash, 'hex')
  AND (t.expires_at > now() OR t.used_at IS NOT NULL)
  AND s.revoked_at IS NULL
  AND s.expires_at > now()
