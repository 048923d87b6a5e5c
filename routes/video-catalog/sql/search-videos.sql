-- A common word stands in some of the newest videos; where all its words stand in few of those, they are looked up.
WITH newest AS MATERIALIZED (
    SELECT id, published_at, search_text LIKE ALL (string_to_array(search_form(CAST(:?patterns AS text)), ' ')) AS found
    FROM shown_videos
    WHERE state = CAST(:?state AS video_state)
        AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
        AND (published_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
    ORDER BY published_at DESC, id DESC
    LIMIT CAST(:?window AS integer)
),
sample AS MATERIALIZED (
    SELECT count(*) AS videos, count(*) FILTER (WHERE found) AS found,
        count(*) = CAST(:?window AS integer) AND count(*) FILTER (WHERE found) <= CAST(:?offset AS bigint) + :?size AS is_thin
    FROM newest
),
looked_up AS MATERIALIZED (
    SELECT id, published_at
    FROM shown_videos
    WHERE (SELECT is_thin FROM sample)
        AND state = CAST(:?state AS video_state)
        AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
        AND search_grams(search_text) @> needed_grams(search_form(CAST(:?words AS text)))
        AND search_text LIKE ALL (string_to_array(search_form(CAST(:?patterns AS text)), ' '))
),
page AS (
    SELECT id, published_at FROM newest WHERE found AND NOT (SELECT is_thin FROM sample)
    UNION ALL
    SELECT id, published_at FROM looked_up
    WHERE (published_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
    ORDER BY published_at DESC, id DESC
    LIMIT :?size + 1 OFFSET :?offset
),
total AS (
    SELECT
        CASE
            WHEN :?continued THEN NULL
            WHEN is_thin THEN (SELECT count(*) FROM looked_up)
            WHEN videos < CAST(:?window AS integer) THEN found
            ELSE CAST(CAST(found AS float) / videos * (
                SELECT CASE
                    WHEN counted > :?counted
                            AND CAST(:?state AS text) = 'ready' AND CAST(:?owner AS integer) = 0
                        THEN greatest(counted, (
                            SELECT CAST(reltuples AS bigint) FROM pg_class
                            WHERE oid = CAST('videos_ready_newest_first' AS regclass)))
                    ELSE counted
                END
                FROM (
                    SELECT count(*) AS counted
                    FROM (
                        SELECT FROM shown_videos
                        WHERE state = CAST(:?state AS video_state)
                            AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
                        ORDER BY published_at DESC, id DESC
                        LIMIT :?counted + 1
                    ) AS first_ones
                ) AS all_of_them
            ) AS bigint)
        END AS videos,
        is_thin OR videos < CAST(:?window AS integer) AS exact
    FROM sample
)
SELECT total.videos AS total, total.exact AS total_exact,
    id, original_id, user_id, title, description, shown.published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings
FROM total
LEFT JOIN (page JOIN shown_videos AS shown USING (id)) ON true
ORDER BY shown.published_at DESC, id DESC
