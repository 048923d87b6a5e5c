-- Changes what is said of a video, and leaves the news of it in the outbox, in one statement.
WITH changed AS (
    UPDATE videos
    SET title = coalesce(CAST(:?title AS text), title),
        description = coalesce(CAST(:?description AS text), description),
        tags = CASE
            WHEN CAST(:?tags AS jsonb) IS NULL THEN tags
            ELSE ARRAY(SELECT jsonb_array_elements_text(CAST(:?tags AS jsonb)))
        END,
        language = CASE WHEN CAST(:?language AS text) IS NULL THEN language ELSE nullif(CAST(:?language AS text), '') END,
        licence = CASE WHEN CAST(:?licence AS text) IS NULL THEN licence ELSE nullif(CAST(:?licence AS text), '') END,
        embed_origins = CASE
            WHEN CAST(:?embed_origins AS jsonb) IS NULL THEN embed_origins
            ELSE ARRAY(SELECT jsonb_array_elements_text(CAST(:?embed_origins AS jsonb)))
        END,
        visibility = coalesce(CAST(CAST(:?visibility AS text) AS video_visibility), visibility),
        downloads = coalesce(CAST(CAST(:?downloads AS text) AS video_downloads), downloads),
        publish_at = CASE WHEN :?changes_publish_at THEN CAST(:?publish_at AS timestamptz) ELSE publish_at END,
        -- The date is that of the first time that everybody could see it.
        published_at = CASE
            WHEN CAST(:?visibility AS text) = 'public' AND visibility <> 'public' AND public_since IS NULL THEN now()
            ELSE published_at
        END,
        public_since = CASE
            WHEN visibility = 'public' THEN coalesce(public_since, published_at)
            WHEN CAST(:?visibility AS text) = 'public' THEN coalesce(public_since, now())
            ELSE public_since
        END,
        revision = revision + 1
    WHERE id = :?id
        AND deleted_at IS NULL
        AND trashed_at IS NULL
        AND (user_id = :?caller OR :?admin)
        AND (CAST(:?revisions AS text) IS NULL OR revision = ANY (CAST(:?revisions AS integer[])))
    RETURNING videos AS video
)
INSERT INTO outbox (key, content_type, request_id, mandatory, body)
-- Of what may be downloaded the encode service has to hear.
SELECT 'VideoUpdated', 'application/json', CAST(:?request_id AS text), CAST(:?downloads AS text) IS NOT NULL, news_of_change(video)
FROM changed
RETURNING id
