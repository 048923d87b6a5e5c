UPDATE webhooks
SET former_secret = secret,
    former_until = now() + CAST(:?${properties:video-catalog.keep-former-secret} AS interval),
    secret = :?secret
WHERE id = :?webhook_id
    AND user_id = :?caller
RETURNING id, url, description, CAST(to_jsonb(types) AS text) AS types, everybody, format, disabled_at IS NULL AS enabled, disabled_reason,
    failing_since, created_at
