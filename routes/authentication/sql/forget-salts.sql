-- Of tokens whose successor is not given again.
UPDATE refresh_tokens
SET salt = NULL
WHERE hash IN (
    SELECT hash
    FROM refresh_tokens
    WHERE salt IS NOT NULL
      AND used_at IS NOT NULL
      AND used_at <= now() - CAST(:?${properties:authentication.refresh-grace} AS interval)
    LIMIT 10000
    FOR UPDATE SKIP LOCKED
)
