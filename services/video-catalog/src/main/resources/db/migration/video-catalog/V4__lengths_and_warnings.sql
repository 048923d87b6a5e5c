ALTER TABLE videos
    -- Milliseconds; of ready videos only, and null where the encoder told whole seconds alone.
    ADD COLUMN duration_ms bigint,
    -- Sentences on what of the file could not be read; of ready videos only.
    ADD COLUMN warnings    jsonb NOT NULL DEFAULT '[]';

CREATE OR REPLACE VIEW shown_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    coalesce(poster, thumbnail) AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings
FROM videos
WHERE deleted_at IS NULL;
