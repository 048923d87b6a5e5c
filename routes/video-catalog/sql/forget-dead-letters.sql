DELETE FROM dead_letters
WHERE closed_at < now() - CAST(:?${variable.keepClosed} AS interval)
    AND NOT EXISTS (SELECT FROM outbox WHERE dead_letter_id = dead_letters.id)
