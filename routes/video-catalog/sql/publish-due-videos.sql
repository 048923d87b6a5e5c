-- Those whose time has come, of several instances each others, with the news of it in the outbox, in one statement.
WITH changed AS (
    UPDATE videos
    SET visibility = 'public', published_at = publish_at, public_since = coalesce(public_since, publish_at),
        publish_at = NULL, revision = revision + 1
    WHERE id IN (
        SELECT id
        FROM videos
        WHERE publish_at <= now()
            AND deleted_at IS NULL
            AND trashed_at IS NULL
        ORDER BY publish_at
        LIMIT 100
        FOR UPDATE SKIP LOCKED
    )
    RETURNING videos AS video
)
INSERT INTO outbox (key, content_type, request_id, mandatory, body)
SELECT 'VideoUpdated', 'application/json', NULL, false, news_of_change(video)
FROM changed
RETURNING id
