SELECT total.videos AS total, total.videos <= :?counted AS total_exact,
    id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings
FROM (
    SELECT CASE WHEN NOT :?continued THEN count(*) END AS videos
    FROM (
        SELECT FROM shown_videos
        WHERE NOT :?continued
            AND user_id = CAST(:?caller AS integer)
        ORDER BY published_at DESC, id DESC
        LIMIT :?counted + 1
    ) AS first_ones
) AS total
LEFT JOIN (
    SELECT * FROM shown_videos
    WHERE id IN (
        SELECT id FROM shown_videos
        WHERE user_id = CAST(:?caller AS integer)
            AND (published_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
        ORDER BY published_at DESC, id DESC
        LIMIT :?size + 1 OFFSET :?offset
    )
) AS page ON true
ORDER BY published_at DESC, id DESC
