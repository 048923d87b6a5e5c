-- Takes a video out of the trash, and leaves the news of it in the outbox, in one statement.
WITH changed AS (
    UPDATE videos
    SET trashed_at = NULL, revision = revision + 1
    WHERE id = :?id
        AND deleted_at IS NULL
        AND trashed_at IS NOT NULL
        AND (user_id = :?caller OR :?admin)
    RETURNING videos AS video
)
INSERT INTO outbox (key, content_type, request_id, mandatory, body)
SELECT 'VideoUpdated', 'application/json', CAST(:?request_id AS text), false, news_of_change(video)
FROM changed
RETURNING id
