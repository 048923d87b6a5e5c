WITH before AS (
    SELECT state, playable_until_ms
    FROM videos
    WHERE original_id = :?original_id
), over AS (
    -- From now on its manifests are objects, or it has none. Those of a later attempt stay.
    DELETE FROM growing_manifests
    WHERE video_id = (
        SELECT id
        FROM videos
        WHERE original_id = :?original_id
            AND (CAST(:?state AS text) = 'ready'
                OR CAST(:?state AS text) = 'failed' AND playable_attempt <= CAST(:?attempt AS integer))
    )
)
INSERT INTO videos (
    id, original_id, user_id, title, description, visibility, published_at, attempt, state, progress, failure, poster, thumbnails,
    width, height, duration, duration_ms, path, hls, storyboard, renditions, warnings, audio_tracks,
    download_files
) VALUES (
    -- The id of a known video again, so that its later events use up no ids.
    coalesce((SELECT id FROM videos WHERE original_id = :?original_id), nextval('videos_id_seq')),
    :?original_id, :?user_id, :?title, :?description,
    coalesce(CAST(CAST(:?visibility AS text) AS video_visibility), 'public'), :?published_at, :?attempt, CAST(:?state AS video_state), :?progress,
    CAST(:?failure AS text), CAST(:?poster AS text), CAST(:?thumbnails AS jsonb),
    CAST(:?width AS integer), CAST(:?height AS integer), CAST(:?duration AS integer),
    CAST(:?duration_ms AS bigint),
    CAST(:?path AS text), CAST(:?hls AS text), CAST(:?storyboard AS text), CAST(:?renditions AS jsonb), CAST(:?warnings AS jsonb),
    CAST(:?audio_tracks AS jsonb), CAST(:?download_files AS jsonb)
)
-- Events come twice, late and in any order. Of what is known and what is said the furthest stays: a ready video before
-- all others, so that it can be played while it is encoded again, then the later attempt. The owner and the date stay
-- the first. An event that counts no attempt is of the one that is known. What the owner has changed since is his.
ON CONFLICT (original_id) DO UPDATE SET
    (attempt, state, progress, failure, title, description, visibility, poster, thumbnails, width, height,
        duration, duration_ms, path, hls, storyboard, renditions, warnings, audio_tracks, download_files,
        playable_attempt, playable_until_ms, playable) = (
        SELECT attempt, state, progress, failure, title, description, visibility, poster, thumbnails, width, height,
            duration, duration_ms, path, hls, storyboard, renditions, warnings, audio_tracks, download_files,
            playable_attempt, playable_until_ms, playable
        FROM (
            SELECT true AS said, coalesce(nullif(excluded.attempt, 0), videos.attempt) AS attempt, excluded.state,
                excluded.progress, excluded.failure,
                CASE WHEN videos.revision = 1 THEN excluded.title ELSE videos.title END AS title,
                CASE WHEN videos.revision = 1 THEN excluded.description ELSE videos.description END AS description,
                CASE
                    WHEN videos.revision = 1
                        THEN coalesce(CAST(CAST(:?visibility AS text) AS video_visibility), videos.visibility)
                    ELSE videos.visibility
                END AS visibility,
                excluded.poster,
                excluded.thumbnails, excluded.width,
                excluded.height, excluded.duration, excluded.duration_ms, excluded.path, excluded.hls, excluded.storyboard, excluded.renditions,
                excluded.warnings, excluded.audio_tracks, excluded.download_files,
                CASE WHEN excluded.state = 'encoding' THEN videos.playable_attempt END AS playable_attempt,
                CASE WHEN excluded.state = 'encoding' THEN videos.playable_until_ms END AS playable_until_ms,
                CASE WHEN excluded.state = 'encoding' THEN videos.playable END AS playable
            UNION ALL
            SELECT false, videos.attempt, videos.state,
                videos.progress, videos.failure, videos.title, videos.description, videos.visibility, videos.poster,
                videos.thumbnails, videos.width,
                videos.height, videos.duration, videos.duration_ms, videos.path, videos.hls, videos.storyboard, videos.renditions,
                videos.warnings, videos.audio_tracks, videos.download_files,
                videos.playable_attempt, videos.playable_until_ms, videos.playable
        ) AS either
        ORDER BY state = 'ready' DESC, attempt DESC, state DESC, progress DESC, said DESC
        LIMIT 1
    )
WHERE videos.deleted_at IS NULL
-- Seconds from the acceptance to the moment at which it can be played for the first time.
RETURNING CASE
    WHEN state = 'ready' AND NOT EXISTS (SELECT FROM before WHERE state = 'ready' OR playable_until_ms IS NOT NULL) THEN extract(epoch FROM now() - published_at)
END AS playable_after
