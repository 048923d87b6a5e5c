ALTER TABLE videos
    -- [{"seconds", "title"}], in their order.
    ADD COLUMN chapters   jsonb   NOT NULL DEFAULT '[]',
    -- Words of all its captions as they are compared in a search, each behind a space; kept by keep_spoken().
    ADD COLUMN spoken     text    NOT NULL DEFAULT '',
    -- Whether captions and chapters of the file were taken over, which is done once: what the owner has deleted since does not
    -- come back when the video is encoded again.
    ADD COLUMN file_taken boolean NOT NULL DEFAULT false;

-- One WebVTT text for each language of a video.
CREATE TABLE video_captions (
    video_id      integer     NOT NULL REFERENCES videos ON DELETE CASCADE,
    -- BCP 47, in its canonical form.
    language      text        NOT NULL,
    -- What viewers choose it by.
    label         text        NOT NULL,
    content       text        NOT NULL,
    cues          integer     NOT NULL,
    -- The words in it, each once, which spaces separate.
    words         text        NOT NULL,
    -- When it was made the default. The latest of a video is the default: nothing has to be taken from the others.
    default_since timestamptz,
    updated_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (video_id, language)
);

-- Without their text, which is long.
CREATE VIEW shown_captions AS
SELECT video_id, language, label, cues, updated_at,
    default_since IS NOT NULL AND default_since = max(default_since) OVER (PARTITION BY video_id) AS is_default
FROM video_captions;

-- All captions of a video without their text, as a JSON array.
CREATE FUNCTION captions_of(video integer) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'language', language, 'label', label, 'cues', cues, 'default', is_default) ORDER BY language), '[]')
    FROM shown_captions
    WHERE video_id = video
$$;

-- The video is locked first, and read after that: of two changes at a time the second sees the first.
CREATE FUNCTION keep_spoken() RETURNS trigger
    LANGUAGE plpgsql
AS $$
DECLARE
    changed CONSTANT integer := CASE TG_OP WHEN 'DELETE' THEN OLD.video_id ELSE NEW.video_id END;
BEGIN
    PERFORM FROM videos WHERE id = changed FOR NO KEY UPDATE;
    UPDATE videos
    SET spoken = (
        SELECT coalesce(left(search_form(string_agg(' ' || words, '' ORDER BY default_since DESC NULLS LAST, language)), 100000), '')
        FROM video_captions
        WHERE video_id = changed
    )
    WHERE id = changed;
    RETURN NULL;
END
$$;

CREATE TRIGGER captions_are_spoken AFTER INSERT OR UPDATE OF words OR DELETE ON video_captions
    FOR EACH ROW EXECUTE FUNCTION keep_spoken();

-- They end with their video, also those that somebody was about to store.
CREATE FUNCTION drop_captions() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM video_captions WHERE video_id = NEW.id;
    RETURN NULL;
END
$$;

CREATE TRIGGER captions_end_with_their_video AFTER UPDATE OF deleted_at ON videos
    FOR EACH ROW WHEN (NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION drop_captions();

CREATE OR REPLACE VIEW kept_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails, title_form,
    visibility, publish_at, tags, language, licence, embed_origins, revision, trashed_at, chapters, spoken
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

-- Beside the index of all videos, which stays as it is: most have no captions.
CREATE INDEX spoken_videos_by_parts_of_words ON videos USING gin (search_keys(title_form, search_text || spoken))
    WHERE deleted_at IS NULL AND spoken <> '';
ALTER INDEX spoken_videos_by_parts_of_words ALTER COLUMN 1 SET STATISTICS 0;

-- Searches find what is spoken too: the function of before, which read what is written alone.
DO $$
DECLARE
    former CONSTANT text := pg_get_functiondef(CAST('search_videos' AS regproc));
BEGIN
    EXECUTE replace(replace(replace(former,
        'SELECT published_at, id, title_form, search_text', 'SELECT published_at, id, title_form, search_text, spoken'),
        'search_text LIKE ALL (pattern_list)', '(search_text || spoken) LIKE ALL (pattern_list)'),
        'search_keys(title_form, search_text) @> keys',
        '(search_keys(title_form, search_text) @> keys'
            ' OR spoken <> '''' AND search_keys(title_form, search_text || spoken) @> keys)');
END
$$;
