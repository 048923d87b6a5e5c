-- What an operator has replayed of the dead letters; of a webhook that is disabled it waits for that to end.
UPDATE deliveries
SET state = 'waiting', tries = 0, not_before = now()
WHERE id = CAST(CAST(convert_from(:?letter, 'UTF8') AS jsonb) -> 'data' ->> 'delivery_id' AS uuid)
    AND state = 'failed'
