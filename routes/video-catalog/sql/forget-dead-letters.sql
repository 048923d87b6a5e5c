-- Those of webhooks also while they are open: nothing is left of what they would send.
DELETE FROM dead_letters
WHERE (closed_at < now() - CAST(:?${variable.keepClosed} AS interval)
        OR reason = 'WEBHOOK_EXHAUSTED' AND failed_at < now() - CAST(:?${properties:video-catalog.keep-events} AS interval))
    AND NOT EXISTS (SELECT FROM outbox WHERE dead_letter_id = dead_letters.id)
