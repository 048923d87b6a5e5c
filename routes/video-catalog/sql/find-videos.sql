SELECT total.videos AS total, total.videos <= :?counted AS total_exact,
    id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings,
    visibility, publish_at, CAST(to_jsonb(tags) AS text) AS tags, language, licence,
    CAST(to_jsonb(embed_origins) AS text) AS embed_origins, revision, trashed_at,
    downloads, CAST(download_files AS text) AS download_files,
    playable_until_ms, CAST(playable AS text) AS playable
FROM (
    SELECT CASE
        WHEN :?continued THEN NULL
        WHEN counted <= :?counted THEN counted
        WHEN CAST(:?state AS text) = 'ready' AND CAST(:?owner AS integer) = 0 THEN greatest(counted, (
            SELECT CAST(reltuples AS bigint) FROM pg_class
            WHERE oid = CAST('videos_ready_newest_first' AS regclass)))
        ELSE counted
    END AS videos
    FROM (
        SELECT count(*) AS counted
        FROM (
            SELECT FROM listed_videos
            WHERE NOT :?continued
                AND state = CAST(:?state AS video_state)
                AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
            ORDER BY published_at DESC, id DESC
            LIMIT :?counted + 1
        ) AS first_ones
    ) AS counts
) AS total
LEFT JOIN (
    SELECT * FROM listed_videos
    WHERE id IN (
        SELECT id FROM listed_videos
        WHERE state = CAST(:?state AS video_state)
            AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
            AND (published_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
        ORDER BY published_at DESC, id DESC
        LIMIT :?size + 1 OFFSET :?offset
    )
) AS page ON true
ORDER BY published_at DESC, id DESC
