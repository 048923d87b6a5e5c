-- What is counted of a video: all of it, and of each of the last 90 days on which there was something.
WITH video AS (
    SELECT id
    FROM shown_videos
    WHERE id = :?id
        AND (user_id = :?caller OR :?admin)
), steps AS (
    SELECT step, sum(sessions) OVER (ORDER BY step) AS so_far, sum(sessions) OVER () AS of_all
    FROM video_first_frames
    JOIN video ON video.id = video_id
)
SELECT total.*,
    (SELECT 50 * power(1.15, min(step) + 0.5) FROM steps WHERE so_far >= 0.5 * of_all) AS first_frame_median_ms,
    (SELECT 50 * power(1.15, min(step) + 0.5) FROM steps WHERE so_far >= 0.95 * of_all) AS first_frame_p95_ms,
    CAST((
        SELECT jsonb_agg(coalesce(retained.sessions, 0) ORDER BY hundredth.hundredth)
        FROM generate_series(0, 99) AS hundredth (hundredth)
        LEFT JOIN video_retention AS retained ON retained.video_id = video.id AND retained.hundredth = hundredth.hundredth
    ) AS text) AS retention,
    CAST((
        SELECT coalesce(jsonb_agg(jsonb_build_object(
            'day', day, 'views', views, 'sessions', sessions, 'watched_ms', watched_ms, 'stalls', stalls, 'failures', failures)
            ORDER BY day), '[]')
        FROM video_days
        WHERE video_id = video.id
            AND day > CAST(now() AT TIME ZONE 'UTC' AS date) - 90
    ) AS text) AS days
FROM video,
LATERAL (
    SELECT coalesce(sum(views), 0) AS views, coalesce(sum(sessions), 0) AS sessions, coalesce(sum(watched_ms), 0) AS watched_ms,
        coalesce(sum(stalls), 0) AS stalls, coalesce(sum(failures), 0) AS failures
    FROM video_days
    WHERE video_id = video.id
) AS total
