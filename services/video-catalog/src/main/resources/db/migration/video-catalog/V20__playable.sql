-- How far a video can be played while it is encoded for the first time.
ALTER TABLE videos
    ADD COLUMN playable_attempt  integer,  -- whose segments are played, which may be the one before the attempt that runs
    ADD COLUMN playable_until_ms bigint,
    -- {"path", "hls", "duration_ms", "renditions", "whole"}: whole when no more comes before all is done.
    ADD COLUMN playable          jsonb;

-- The manifests of what grows, as the encoder told them last. Those of what is done are objects.
CREATE TABLE growing_manifests (
    video_id integer NOT NULL REFERENCES videos ON DELETE CASCADE,
    file     text    NOT NULL,
    content  text    NOT NULL,
    PRIMARY KEY (video_id, file)
);

CREATE OR REPLACE VIEW kept_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails, title_form,
    visibility, publish_at, tags, language, licence, embed_origins, revision, trashed_at, chapters, spoken,
    downloads, CASE WHEN downloads <> 'none' THEN download_files ELSE '[]' END AS download_files,
    CASE WHEN state = 'encoding' THEN playable_until_ms END AS playable_until_ms,
    CASE WHEN state = 'encoding' THEN playable END AS playable
FROM videos
WHERE deleted_at IS NULL;

CREATE OR REPLACE VIEW shown_videos AS
SELECT *
FROM kept_videos
WHERE trashed_at IS NULL;

CREATE OR REPLACE VIEW listed_videos AS
SELECT *
FROM shown_videos
WHERE visibility = 'public' OR state <> 'ready';

-- Who may see a video that is ready may see it as soon as it can be played.
CREATE OR REPLACE FUNCTION may_see(video shown_videos, caller integer, admin boolean, link_secret bytea) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT video.user_id = caller
        OR admin
        OR (video.state = 'ready' OR video.playable_until_ms IS NOT NULL)
            AND (video.visibility <> 'private' OR is_link_to(video.id, link_secret))
$$;
