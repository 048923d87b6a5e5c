SELECT key
FROM revocations
WHERE key IN (:?token_id, :?session_id)
LIMIT 1
