SELECT id, url, description, CAST(to_jsonb(types) AS text) AS types, everybody, format, disabled_at IS NULL AS enabled, disabled_reason,
    failing_since, created_at
FROM webhooks
WHERE user_id = :?caller
ORDER BY created_at, id
