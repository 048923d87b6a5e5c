INSERT INTO dead_letters (
    fingerprint, queue, service, reason, error, failed_at, video_id, trace_id, traceparent, request_id, route_trail,
    headers, content_type, body
) VALUES (
    :?fingerprint, CAST(:?queue AS text), :?service, :?reason, :?error, :?failed_at, CAST(:?video_id AS text),
    CAST(:?trace_id AS text), CAST(:?traceparent AS text), CAST(:?request_id AS text), CAST(:?route_trail AS text[]),
    CAST(:?headers AS jsonb), CAST(:?content_type AS text), :?body
)
-- It was delivered before, and the acknowledgement was lost.
ON CONFLICT (fingerprint) WHERE state = 'open' DO NOTHING
