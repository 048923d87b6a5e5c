-- Leaves a tombstone in place of the video, and the news of it in the outbox, in one statement.
WITH deleted AS (
    UPDATE videos
    SET deleted_at = now(), title = '', description = '', failure = NULL, poster = NULL, thumbnails = '[]',
        width = NULL, height = NULL, duration = NULL, duration_ms = NULL, path = NULL, hls = NULL, renditions = '[]',
        warnings = '[]', publish_at = NULL, tags = '{}', language = NULL, licence = NULL, embed_origins = '{}',
        chapters = '[]', audio_tracks = '[]', downloads = 'none', download_files = '[]'
    WHERE id = :?id
        AND deleted_at IS NULL
        AND (user_id = :?caller OR :?admin)
        AND (trashed_at IS NOT NULL OR NOT :?only_trashed)
    RETURNING original_id, user_id
)
INSERT INTO outbox (key, content_type, request_id, body)
SELECT 'VideoDeleted', 'application/json', CAST(:?request_id AS text), convert_to(CAST(jsonb_build_object(
    'key', 'VideoDeleted',
    'data', jsonb_build_object('original_id', original_id, 'user_id', user_id)
) AS text), 'UTF8')
FROM deleted
RETURNING id
