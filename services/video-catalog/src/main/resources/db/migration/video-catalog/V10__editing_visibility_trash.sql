CREATE TYPE video_visibility AS ENUM ('public', 'unlisted', 'private');

ALTER TABLE videos
    -- Who may see it once it is ready: everybody, and it is in the lists; everybody who has its address; or its owner,
    -- administrators and who has a link of his.
    ADD COLUMN visibility    video_visibility NOT NULL DEFAULT 'public',
    -- When it becomes public by itself; of private ones only.
    ADD COLUMN publish_at    timestamptz CHECK (publish_at IS NULL OR visibility = 'private'),
    ADD COLUMN tags          text[]           NOT NULL DEFAULT '{}',
    -- BCP 47.
    ADD COLUMN language      text,
    ADD COLUMN licence       text,
    -- Where pages may embed it, as origins; empty for everywhere.
    ADD COLUMN embed_origins text[]           NOT NULL DEFAULT '{}',
    -- When it became public for the first time; null where that is published_at, or never was.
    ADD COLUMN public_since  timestamptz,
    -- How often the owner has changed it, from 1 on. What he has changed once, no event changes.
    ADD COLUMN revision      integer          NOT NULL DEFAULT 1,
    -- Of one in the trash: nobody sees it, and its owner can have it back.
    ADD COLUMN trashed_at    timestamptz;

-- Those of an owner, in the trash or not.
DROP INDEX videos_of_an_owner_newest_first;
CREATE INDEX videos_of_an_owner_newest_first ON videos (user_id, published_at DESC, id DESC)
    INCLUDE (state, visibility, trashed_at)
    WHERE deleted_at IS NULL;
-- Those in the lists: of what is ready, public videos only. Both say so in the words of listed_videos.
DROP INDEX videos_newest_first;
CREATE INDEX videos_newest_first ON videos (state, published_at DESC, id DESC)
    WHERE deleted_at IS NULL AND trashed_at IS NULL AND (visibility = 'public' OR state <> 'ready');
DROP INDEX videos_ready_newest_first;
CREATE INDEX videos_ready_newest_first ON videos (published_at DESC, id DESC)
    WHERE state = 'ready'
        AND deleted_at IS NULL AND trashed_at IS NULL AND (visibility = 'public' OR state <> 'ready');
CREATE INDEX videos_in_the_trash ON videos (trashed_at) WHERE trashed_at IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX videos_to_publish ON videos (publish_at) WHERE publish_at IS NOT NULL;

-- All that is not deleted, with what is in the trash: for owners, who can have it back.
CREATE VIEW kept_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    CASE WHEN poster LIKE 'encoded-videos/%' THEN poster END AS thumbnail, width, height, duration, path, hls, renditions,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms, warnings, search_text, thumbnails, title_form,
    visibility, publish_at, tags, language, licence, embed_origins, revision, trashed_at
FROM videos
WHERE deleted_at IS NULL;

-- Whoever shows a video reads this or listed_videos, so that nobody shows one that is deleted or in the trash.
CREATE OR REPLACE VIEW shown_videos AS
SELECT *
FROM kept_videos
WHERE trashed_at IS NULL;

-- What stands in lists and is found by searches that are not of one's own. What is not ready is for administrators.
CREATE VIEW listed_videos AS
SELECT *
FROM shown_videos
WHERE visibility = 'public' OR state <> 'ready';

-- Searches find what is listed: the function of before, which read all that is shown.
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef(CAST('search_videos' AS regproc)), 'shown_videos', 'listed_videos');
END
$$;

-- Who has the secret of a link sees the video of it as if it were unlisted.
CREATE TABLE video_links (
    id         integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    video_id   integer     NOT NULL REFERENCES videos ON DELETE CASCADE,
    -- SHA-256 of the secret, which nobody but who has the link knows.
    secret     bytea       NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);

CREATE INDEX video_links_of_a_video ON video_links (video_id, id);
CREATE INDEX video_links_expired ON video_links (expires_at);

-- Who may see a video that is there: the one place that says it.
CREATE FUNCTION may_see(video shown_videos, caller integer, admin boolean, link_secret bytea) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT video.user_id = caller
        OR admin
        OR video.state = 'ready' AND (
            video.visibility <> 'private'
            OR EXISTS (
                SELECT FROM video_links
                WHERE video_id = video.id AND secret = link_secret AND expires_at > now()
            )
        )
$$;

-- What others are told of a video that was changed: the body of the message VideoUpdated.
CREATE FUNCTION news_of_change(video videos) RETURNS bytea
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT convert_to(CAST(jsonb_build_object(
        'key', 'VideoUpdated',
        'data', jsonb_build_object(
            'original_id', video.original_id, 'id', video.id, 'user_id', video.user_id, 'revision', video.revision,
            'title', video.title, 'description', video.description, 'visibility', video.visibility,
            'publish_at', video.publish_at, 'published_at', video.published_at, 'tags', video.tags,
            'language', video.language, 'licence', video.licence, 'trashed', video.trashed_at IS NOT NULL
        )
    ) AS text), 'UTF8')
$$;

-- News that is sent although no queue may have asked for it is not mandatory, as AMQP calls it.
ALTER TABLE outbox ADD COLUMN mandatory boolean NOT NULL DEFAULT true;
