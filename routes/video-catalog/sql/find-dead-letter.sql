SELECT id, queue, service, reason, error, failed_at, state, video_id, trace_id, route_trail, edited, headers, body
FROM shown_dead_letters
WHERE id = :?${variable.letterId}
