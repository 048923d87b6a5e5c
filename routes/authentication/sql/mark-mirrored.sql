UPDATE revocations
SET mirrored_at = now()
WHERE key = :?key AND mirrored_at IS NULL
