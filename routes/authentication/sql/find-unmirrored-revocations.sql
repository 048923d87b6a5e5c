SELECT key, until
FROM revocations
WHERE mirrored_at IS NULL
  AND until > now()
