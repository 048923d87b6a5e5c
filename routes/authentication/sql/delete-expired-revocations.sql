DELETE FROM revocations
WHERE until < now() - interval '1 minute'
