-- Pictures are served as they were made anew, in several sizes; never as they were uploaded.
ALTER TABLE videos
    -- [{"key", "width", "height", "type"}], the largest first; of ready videos only. poster is the main one of them.
    ADD COLUMN thumbnails jsonb NOT NULL DEFAULT '[]';

COMMENT ON COLUMN videos.thumbnail IS 'Of instances of before, which may still write it; nothing reads it.';

-- Those of videos that were encoded before are shown again as soon as the encoder has renewed them.
CREATE OR REPLACE VIEW shown_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails
FROM videos
WHERE deleted_at IS NULL;
