-- Of several instances each takes others; what one that dies was at is taken up again. The longer it takes, the longer until
-- the next round: two seconds at first, a minute at most.
UPDATE deletions
SET next_round_at = now() + least(greatest((now() - requested_at) / 4, interval '2 seconds'), interval '1 minute')
WHERE id IN (
    SELECT id
    FROM deletions
    WHERE completed_at IS NULL AND next_round_at <= now()
    ORDER BY next_round_at
    LIMIT 20
    FOR UPDATE SKIP LOCKED
)
RETURNING id, user_id
