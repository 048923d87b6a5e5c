SELECT total.letters AS total, total.letters <= :?counted AS total_exact,
    id, queue, service, reason, error, failed_at, state, video_id, trace_id, route_trail, edited
FROM (
    SELECT CASE WHEN NOT :?continued THEN count(*) END AS letters
    FROM (
        SELECT FROM shown_dead_letters
        WHERE NOT :?continued
            AND state = CAST(:?state AS text)
            AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
            AND (CAST(:?route AS text) = '' OR CAST(:?route AS text) = ANY (string_to_array(route_trail, ',')))
        ORDER BY failed_at DESC, id DESC
        LIMIT :?counted + 1
    ) AS first_ones
) AS total
LEFT JOIN (
    SELECT * FROM shown_dead_letters
    WHERE state = CAST(:?state AS text)
        AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
        AND (CAST(:?route AS text) = '' OR CAST(:?route AS text) = ANY (string_to_array(route_trail, ',')))
        AND (failed_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
    ORDER BY failed_at DESC, id DESC
    LIMIT :?size + 1 OFFSET :?offset
) AS page ON true
ORDER BY failed_at DESC, id DESC
