CREATE INDEX dead_letters_of_a_state_newest_first ON dead_letters (state, failed_at DESC, id DESC);
CREATE INDEX dead_letters_of_routes ON dead_letters USING gin (route_trail);

-- With what the indexes know.
CREATE OR REPLACE VIEW shown_dead_letters AS
SELECT letter.id, letter.queue, letter.service, letter.reason, letter.failed_at, letter.video_id, letter.trace_id,
    array_to_string(letter.route_trail, ',') AS route_trail, CAST(letter.headers AS text) AS headers,
    -- More does not pass through gRPC.
    CASE WHEN octet_length(letter.body) <= 2097152 THEN letter.body END AS body,
    letter.edited_at IS NOT NULL AS edited,
    CASE WHEN replay.error IS NULL THEN CAST(letter.state AS text) ELSE 'open' END AS state,
    CASE WHEN replay.error IS NULL THEN letter.error
        ELSE 'Its replay waits, after ' || replay.tries || ' tries: ' || replay.error || ' (At first: ' || letter.error || ')'
    END AS error,
    letter.state AS kept_state, letter.route_trail AS routes
FROM dead_letters AS letter
LEFT JOIN outbox AS replay ON replay.dead_letter_id = letter.id;
