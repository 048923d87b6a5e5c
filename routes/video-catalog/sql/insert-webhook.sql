INSERT INTO webhooks (user_id, url, description, types, everybody, format, secret)
SELECT :?caller, :?url, :?description, CAST(:?types AS text[]), :?everybody, :?format, :?secret
-- More than anybody needs, which nobody's mistake is to fill the database with.
WHERE (SELECT count(*) FROM webhooks WHERE user_id = :?caller) < 20
RETURNING id, url, description, CAST(to_jsonb(types) AS text) AS types, everybody, format, disabled_at IS NULL AS enabled, disabled_reason,
    failing_since, created_at
