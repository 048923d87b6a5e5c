-- With their deliveries.
DELETE FROM events
WHERE id IN (
    SELECT id
    FROM events
    WHERE occurred_at < now() - CAST(:?${properties:video-catalog.keep-events} AS interval)
    LIMIT 100000
)
