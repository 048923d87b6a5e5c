SELECT id, queue, service, reason, error, failed_at, state, video_id, trace_id, route_trail, edited
FROM shown_dead_letters
WHERE state = CAST(:?state AS text)
    AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
ORDER BY failed_at DESC, id DESC
LIMIT :?size OFFSET :?offset
