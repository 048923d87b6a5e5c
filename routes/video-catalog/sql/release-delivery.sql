-- The service stops: another instance, or the next, sends it.
UPDATE deliveries
SET claim = NULL, not_before = now() + interval '1 second'
WHERE claim = :?claim
