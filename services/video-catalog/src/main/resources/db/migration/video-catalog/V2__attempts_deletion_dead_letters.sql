ALTER TABLE videos
    -- The attempt at encoding that state, progress and failure are of, and of a ready video all that plays it; from 1 on.
    -- 0 before the first attempt, and where the encoder counts none.
    ADD COLUMN attempt    integer NOT NULL DEFAULT 0,
    -- S3 key of the picture that came with the encoded video; thumbnail is the one that the owner sent.
    ADD COLUMN poster     text,
    -- Of a tombstone: nothing of the video but its ids is left, and no event brings it back.
    ADD COLUMN deleted_at timestamptz;

DROP INDEX videos_ready_newest_first;
DROP INDEX videos_of_an_owner_newest_first;
DROP INDEX videos_ready_by_parts_of_words;
CREATE INDEX videos_ready_newest_first ON videos (published_at DESC, id DESC)
    WHERE state = 'ready' AND deleted_at IS NULL;
CREATE INDEX videos_newest_first ON videos (state, published_at DESC, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX videos_of_an_owner_newest_first ON videos (user_id, published_at DESC, id DESC)
    WHERE deleted_at IS NULL;
CREATE INDEX videos_ready_by_parts_of_words ON videos USING gin ((title || ' ' || description) gin_trgm_ops)
    WHERE state = 'ready' AND deleted_at IS NULL;
CREATE INDEX videos_deleted ON videos (deleted_at) WHERE deleted_at IS NOT NULL;

-- What may be shown of the catalogue. Whoever shows videos reads these, so that nobody shows a deleted one.
CREATE VIEW shown_videos AS
SELECT id, original_id, user_id, title, description, published_at, state, progress, failure,
    coalesce(poster, thumbnail) AS thumbnail, width, height, duration, path, hls, renditions
FROM videos
WHERE deleted_at IS NULL;

CREATE TYPE dead_letter_state AS ENUM ('open', 'replayed', 'discarded');

-- Messages that nothing could be done with, of all services, for an operator.
CREATE TABLE dead_letters (
    id            bigint            GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- SHA-256 of all that came, so that what is delivered twice is kept once.
    fingerprint   bytea             NOT NULL,
    -- Where it came from and goes to when it is replayed; null when that is not known.
    queue         text,
    service       text              NOT NULL,
    reason        text              NOT NULL,
    error         text              NOT NULL,
    failed_at     timestamptz       NOT NULL,
    state         dead_letter_state NOT NULL DEFAULT 'open',
    video_id      text,
    trace_id      text,
    traceparent   text,
    request_id    text,
    route_trail   text[]            NOT NULL,
    headers       jsonb             NOT NULL,
    content_type  text,
    body          bytea             NOT NULL,
    -- The body that came; of edited ones only.
    original_body bytea,
    received_at   timestamptz       NOT NULL DEFAULT now(),
    edited_at     timestamptz,
    closed_at     timestamptz
);

CREATE UNIQUE INDEX dead_letters_open_once ON dead_letters (fingerprint) WHERE state = 'open';
CREATE INDEX dead_letters_newest_first ON dead_letters (failed_at DESC, id DESC);
CREATE INDEX dead_letters_of_a_video ON dead_letters (video_id) WHERE video_id IS NOT NULL;
CREATE INDEX dead_letters_closed ON dead_letters (closed_at) WHERE closed_at IS NOT NULL;

-- Messages that have to reach the broker. A row is there until the broker has confirmed its message.
CREATE TABLE outbox (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- On the exchange of the platform, or else to a queue by its name.
    key            text,
    queue          text,
    content_type   text,
    traceparent    text,
    request_id     text,
    body           bytea       NOT NULL,
    -- The letter that this replays.
    dead_letter_id bigint      UNIQUE REFERENCES dead_letters,
    tries          integer     NOT NULL DEFAULT 0,
    not_before     timestamptz NOT NULL DEFAULT now(),
    -- Whoever sends it has it until then.
    claimed_until  timestamptz,
    -- Why the last try was none.
    error          text,
    CHECK ((key IS NULL) <> (queue IS NULL))
);

CREATE INDEX outbox_next ON outbox (not_before, id);

-- What an operator sees. A replay that the broker did not take is none yet: its letter is shown as open, with the reason.
CREATE VIEW shown_dead_letters AS
SELECT letter.id, letter.queue, letter.service, letter.reason, letter.failed_at, letter.video_id, letter.trace_id,
    array_to_string(letter.route_trail, ',') AS route_trail, CAST(letter.headers AS text) AS headers,
    -- More does not pass through gRPC.
    CASE WHEN octet_length(letter.body) <= 2097152 THEN letter.body END AS body,
    letter.edited_at IS NOT NULL AS edited,
    CASE WHEN replay.error IS NULL THEN CAST(letter.state AS text) ELSE 'open' END AS state,
    CASE WHEN replay.error IS NULL THEN letter.error
        ELSE 'Its replay waits, after ' || replay.tries || ' tries: ' || replay.error || ' (At first: ' || letter.error || ')'
    END AS error
FROM dead_letters AS letter
LEFT JOIN outbox AS replay ON replay.dead_letter_id = letter.id;
