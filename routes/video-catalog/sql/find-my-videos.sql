WITH mine AS NOT MATERIALIZED (
    SELECT id, published_at
    FROM kept_videos
    WHERE user_id = CAST(:?caller AS integer)
        AND (trashed_at IS NOT NULL) = :?trashed
        AND (CAST(:?state AS text) = '' OR state = CAST(nullif(:?state, '') AS video_state))
        AND (CAST(:?visibility AS text) = '' OR visibility = CAST(nullif(:?visibility, '') AS video_visibility))
        AND (CAST(:?patterns AS text) = '' OR (search_text || spoken) LIKE ALL (string_to_array(search_form(CAST(:?patterns AS text)), ' ')))
)
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
    SELECT CASE WHEN NOT :?continued THEN count(*) END AS videos
    FROM (
        SELECT FROM mine
        WHERE NOT :?continued
        ORDER BY published_at DESC, id DESC
        LIMIT :?counted + 1
    ) AS first_ones
) AS total
LEFT JOIN (
    SELECT * FROM kept_videos
    WHERE id IN (
        (
            SELECT id FROM mine
            WHERE NOT :?oldest
                AND (published_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
            ORDER BY published_at DESC, id DESC
            LIMIT :?size + 1 OFFSET :?offset
        )
        UNION ALL
        (
            SELECT id FROM mine
            WHERE :?oldest
                AND (published_at, id) > (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
            ORDER BY published_at, id
            LIMIT :?size + 1 OFFSET :?offset
        )
    )
) AS page ON true
ORDER BY CASE WHEN :?oldest THEN published_at END, CASE WHEN :?oldest THEN id END, published_at DESC, id DESC
