-- A letter whose replay the broker does not take is kept as replayed, and shown as open.
SELECT total.letters AS total, total.letters <= :?counted AS total_exact,
    id, queue, service, reason, error, failed_at, state, video_id, trace_id, route_trail, edited
FROM (
    SELECT CASE WHEN NOT :?continued THEN count(*) END AS letters
    FROM (
        SELECT FROM shown_dead_letters
        WHERE NOT :?continued
            AND CASE CAST(:?state AS text)
                WHEN 'open' THEN kept_state = 'open'
                    OR id = ANY (ARRAY(SELECT dead_letter_id FROM outbox WHERE error IS NOT NULL AND dead_letter_id IS NOT NULL))
                ELSE kept_state = CAST(:?state AS dead_letter_state)
                    AND id <> ALL (ARRAY(SELECT dead_letter_id FROM outbox WHERE error IS NOT NULL AND dead_letter_id IS NOT NULL))
            END
            AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
            AND (CAST(:?route AS text) = '' OR routes @> ARRAY[CAST(:?route AS text)])
        LIMIT :?counted + 1
    ) AS first_ones
) AS total
LEFT JOIN (
    SELECT * FROM shown_dead_letters
    WHERE CASE CAST(:?state AS text)
            WHEN 'open' THEN kept_state = 'open'
                OR id = ANY (ARRAY(SELECT dead_letter_id FROM outbox WHERE error IS NOT NULL AND dead_letter_id IS NOT NULL))
            ELSE kept_state = CAST(:?state AS dead_letter_state)
                AND id <> ALL (ARRAY(SELECT dead_letter_id FROM outbox WHERE error IS NOT NULL AND dead_letter_id IS NOT NULL))
        END
        AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
        AND (CAST(:?route AS text) = '' OR routes @> ARRAY[CAST(:?route AS text)])
        AND (failed_at, id) < (CAST(:?after AS timestamptz), CAST(:?after_id AS bigint))
    ORDER BY failed_at DESC, id DESC
    LIMIT :?size + 1 OFFSET :?offset
) AS page ON true
ORDER BY failed_at DESC, id DESC
