CREATE TYPE video_downloads AS ENUM ('none', 'renditions', 'source');

ALTER TABLE videos
    -- What everybody who may see it may download: nothing, the sizes that were made of it, or what was uploaded too.
    ADD COLUMN downloads      video_downloads NOT NULL DEFAULT 'none',
    -- [{"rendition", "key", "width", "height", "size"}], largest first: the files that there are. They stay when nobody may
    -- download them any more.
    ADD COLUMN download_files jsonb           NOT NULL DEFAULT '[]';

CREATE OR REPLACE VIEW kept_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails, title_form,
    visibility, publish_at, tags, language, licence, embed_origins, revision, trashed_at, chapters, spoken,
    downloads, CASE WHEN downloads <> 'none' THEN download_files ELSE '[]' END AS download_files
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

-- The encode service makes what may be downloaded when it hears that it may.
CREATE OR REPLACE FUNCTION news_of_change(video videos) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT convert_to(CAST(jsonb_build_object(
        'key', 'VideoUpdated',
        'data', jsonb_build_object(
            'original_id', video.original_id, 'id', video.id, 'user_id', video.user_id, 'revision', video.revision,
            'title', video.title, 'description', video.description, 'visibility', video.visibility,
            'publish_at', video.publish_at, 'published_at', video.published_at, 'tags', video.tags,
            'language', video.language, 'licence', video.licence, 'trashed', video.trashed_at IS NOT NULL,
            'downloads', video.downloads
        )
    ) AS text), 'UTF8')
$$;
