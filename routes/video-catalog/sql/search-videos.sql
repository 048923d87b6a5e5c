WITH search AS MATERIALIZED (
    SELECT hits, matches, looked_at
    FROM search_videos(
        search_form(CAST(:?words AS text)), search_form(CAST(:?patterns AS text)),
        CAST(:?state AS video_state), CAST(:?owner AS integer), :?ranked,
        CAST(:?after_tier AS integer), CAST(:?after AS timestamptz), CAST(:?after_id AS bigint),
        CAST(:?offset AS bigint) + :?size + 1)
),
page AS (
    SELECT tier, id
    FROM search, unnest(hits) AS hit
    ORDER BY tier, published_at DESC, id DESC
    LIMIT :?size + 1 OFFSET :?offset
),
total AS (
    SELECT looked_at IS NULL AS exact, CASE
        WHEN :?continued THEN NULL
        WHEN looked_at IS NULL THEN matches
        ELSE CAST(CAST(matches AS float) / looked_at * (
            SELECT CASE
                WHEN counted > :?counted AND CAST(:?state AS text) = 'ready' AND CAST(:?owner AS integer) = 0
                    THEN greatest(counted, (
                        SELECT CAST(reltuples AS bigint) FROM pg_class
                        WHERE oid = CAST('videos_ready_newest_first' AS regclass)))
                ELSE counted
            END
            FROM (
                SELECT count(*) AS counted
                FROM (
                    SELECT FROM listed_videos
                    WHERE state = CAST(:?state AS video_state)
                        AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
                    ORDER BY published_at DESC, id DESC
                    LIMIT :?counted + 1
                ) AS first_ones
            ) AS all_of_them
        ) AS bigint)
    END AS videos
    FROM search
)
SELECT total.videos AS total, total.exact AS total_exact, CASE WHEN :?ranked THEN tier END AS tier,
    id, original_id, user_id, title, description, shown.published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings,
    visibility, publish_at, CAST(to_jsonb(tags) AS text) AS tags, language, licence,
    CAST(to_jsonb(embed_origins) AS text) AS embed_origins, revision, trashed_at,
    downloads, CAST(download_files AS text) AS download_files,
    playable_until_ms, CAST(playable AS text) AS playable
FROM total
LEFT JOIN (page JOIN listed_videos AS shown USING (id)) ON true
ORDER BY tier, shown.published_at DESC, id DESC
