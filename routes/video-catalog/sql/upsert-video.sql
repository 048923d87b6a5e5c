INSERT INTO videos (
    id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    width, height, duration, path, hls, renditions
) VALUES (
    -- The id of a known video again, so that its later events use up no ids.
    coalesce((SELECT id FROM videos WHERE original_id = :?original_id), nextval('videos_id_seq')),
    :?original_id, :?user_id, :?title, :?description, :?published_at, CAST(:?state AS video_state), :?progress,
    CAST(:?failure AS text), CAST(:?thumbnail AS text),
    CAST(:?width AS integer), CAST(:?height AS integer), CAST(:?duration AS integer),
    CAST(:?path AS text), CAST(:?hls AS text), CAST(:?renditions AS jsonb)
)
-- Events come twice and in any order: state and progress only grow, and the owner and the date stay the first.
ON CONFLICT (original_id) DO UPDATE SET
    state = greatest(videos.state, excluded.state),
    progress = greatest(videos.progress, excluded.progress),
    failure = CASE greatest(videos.state, excluded.state)
        WHEN 'failed' THEN coalesce(excluded.failure, videos.failure)
    END,
    title = CASE WHEN excluded.state >= videos.state THEN excluded.title ELSE videos.title END,
    description = CASE WHEN excluded.state >= videos.state THEN excluded.description ELSE videos.description END,
    thumbnail = CASE WHEN excluded.state >= videos.state
        THEN coalesce(excluded.thumbnail, videos.thumbnail)
        ELSE coalesce(videos.thumbnail, excluded.thumbnail)
    END,
    width = CASE excluded.state WHEN 'ready' THEN excluded.width ELSE videos.width END,
    height = CASE excluded.state WHEN 'ready' THEN excluded.height ELSE videos.height END,
    duration = CASE excluded.state WHEN 'ready' THEN excluded.duration ELSE videos.duration END,
    path = CASE excluded.state WHEN 'ready' THEN excluded.path ELSE videos.path END,
    hls = CASE excluded.state WHEN 'ready' THEN excluded.hls ELSE videos.hls END,
    renditions = CASE excluded.state WHEN 'ready' THEN excluded.renditions ELSE videos.renditions END
