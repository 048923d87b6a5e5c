-- What is asked for each video that somebody looks at is part of the statement that asks, so that it is planned once and not called:
-- PostgreSQL takes the body of a function of SQL in the place of its call only when it has no statement within.

-- Whether this is the secret of a link to the video that has not expired.
CREATE FUNCTION is_link_to(video integer, link_secret bytea) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT EXISTS (
        SELECT FROM video_links
        WHERE video_id = video AND secret = link_secret AND expires_at > now()
    )
$$;

CREATE OR REPLACE FUNCTION may_see(video shown_videos, caller integer, admin boolean, link_secret bytea) RETURNS boolean
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT video.user_id = caller
        OR admin
        OR video.state = 'ready' AND (video.visibility <> 'private' OR is_link_to(video.id, link_secret))
$$;

-- All captions of each video that has some, without their text, as a JSON array.
CREATE VIEW captions_of_videos AS
SELECT video_id, jsonb_agg(jsonb_build_object(
    'language', language, 'label', label, 'cues', cues, 'default', is_default) ORDER BY language) AS captions
FROM shown_captions
GROUP BY video_id;

-- Instances of before ask it until they are replaced.
CREATE OR REPLACE FUNCTION captions_of(video integer) RETURNS jsonb
    LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT coalesce((SELECT captions FROM captions_of_videos WHERE video_id = video), '[]')
$$;
