-- The news of a deletion once more, for who never got it: a broker can lose what it confirmed. Who has heard does nothing.
WITH due AS (
    UPDATE videos
    SET told_again_at = now()
    WHERE deleted_at < now() - CAST(:?${properties:video-catalog.tell-again-after} AS interval)
        AND told_again_at IS NULL
    RETURNING original_id, user_id
)
INSERT INTO outbox (key, content_type, body)
SELECT 'VideoDeleted', 'application/json', convert_to(CAST(jsonb_build_object(
    'key', 'VideoDeleted',
    'data', jsonb_build_object('original_id', original_id, 'user_id', user_id)
) AS text), 'UTF8')
FROM due
