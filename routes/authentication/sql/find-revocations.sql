SELECT key, until
FROM revocations
WHERE until > now()
