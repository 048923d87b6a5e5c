-- All instances of the service measure the same.
WITH queues AS (
    SELECT 'outbox' AS queue, count(*) AS depth, min(not_before) AS since
    FROM outbox
    UNION ALL
    SELECT 'dead-letters', count(*), min(received_at)
    FROM dead_letters
    WHERE state = 'open'
        -- That a server of a user is away for days calls no operator.
        AND reason <> 'WEBHOOK_EXHAUSTED'
    UNION ALL
    SELECT 'webhooks', count(*), min(deliveries.not_before)
    FROM deliveries
    JOIN webhooks ON webhooks.id = deliveries.webhook_id
    WHERE deliveries.state = 'waiting'
        AND deliveries.not_before <= now()
        AND webhooks.disabled_at IS NULL
)
SELECT 'queue.depth' AS meter, queue, CAST(depth AS double precision) AS value
FROM queues
UNION ALL
SELECT 'queue.age.seconds', queue, greatest(0, coalesce(extract(epoch FROM now() - since), 0))
FROM queues
