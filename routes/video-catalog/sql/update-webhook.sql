UPDATE webhooks
SET url = coalesce(CAST(:?url AS text), url),
    description = coalesce(CAST(:?description AS text), description),
    types = coalesce(CAST(CAST(:?types AS text) AS text[]), types),
    format = coalesce(CAST(:?format AS text), format),
    disabled_at = CASE WHEN CAST(:?enabled AS boolean) THEN NULL WHEN NOT CAST(:?enabled AS boolean) THEN coalesce(disabled_at, now()) ELSE disabled_at END,
    disabled_reason = CASE WHEN CAST(:?enabled AS boolean) IS NULL THEN disabled_reason END,
    failing_since = CASE
        WHEN CAST(:?enabled AS boolean) OR CAST(:?url AS text) <> url THEN NULL
        ELSE failing_since
    END
WHERE id = :?webhook_id
    AND user_id = :?caller
RETURNING id, url, description, CAST(to_jsonb(types) AS text) AS types, everybody, format, disabled_at IS NULL AS enabled, disabled_reason,
    failing_since, created_at
