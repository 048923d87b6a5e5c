-- With it the address or the number of a viewer becomes what he is counted by. Without it, from the next day on, nobody can tell
-- any more who that was.
CREATE TABLE view_salts (
    day  date  PRIMARY KEY,
    salt bytea NOT NULL DEFAULT uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())
);

-- What players report, each report of a session once. Kept for as long as one may come again, and until it is counted.
CREATE TABLE playback_reports (
    video_id       integer        NOT NULL REFERENCES videos ON DELETE CASCADE,
    session        text           NOT NULL,
    number         integer        NOT NULL,
    day            date           NOT NULL,
    viewer         bytea          NOT NULL,
    watched_ms     integer        NOT NULL,
    -- Hundredths of the video that were played, of 0 to 99.
    reached        int4multirange NOT NULL,
    first_frame_ms integer,
    stalled        boolean        NOT NULL,
    failed         boolean        NOT NULL,
    counted        boolean        NOT NULL DEFAULT false,
    received_at    timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (video_id, session, number)
);

CREATE INDEX playback_reports_to_count ON playback_reports (received_at) WHERE NOT counted;
CREATE INDEX playback_reports_to_forget ON playback_reports (received_at) WHERE counted;

-- What of a video a session has played already, so that playing it again does not count as another who got there.
CREATE TABLE playback_sessions (
    video_id integer        NOT NULL REFERENCES videos ON DELETE CASCADE,
    session  text           NOT NULL,
    reached  int4multirange NOT NULL,
    seen_at  timestamptz    NOT NULL DEFAULT now(),
    PRIMARY KEY (video_id, session)
);

CREATE INDEX playback_sessions_to_forget ON playback_sessions (seen_at);

-- Who was counted on a day; kept for that day.
CREATE TABLE video_viewers (
    video_id integer NOT NULL REFERENCES videos ON DELETE CASCADE,
    day      date    NOT NULL,
    viewer   bytea   NOT NULL,
    PRIMARY KEY (video_id, day, viewer)
);

CREATE INDEX video_viewers_by_day ON video_viewers (day);

-- Of a day, by UTC.
CREATE TABLE video_days (
    video_id   integer NOT NULL REFERENCES videos ON DELETE CASCADE,
    day        date    NOT NULL,
    views      bigint  NOT NULL,
    sessions   bigint  NOT NULL,
    watched_ms bigint  NOT NULL,
    stalls     bigint  NOT NULL,
    failures   bigint  NOT NULL,
    PRIMARY KEY (video_id, day)
);

-- How many sessions have played a hundredth of a video.
CREATE TABLE video_retention (
    video_id  integer NOT NULL REFERENCES videos ON DELETE CASCADE,
    hundredth integer NOT NULL,
    sessions  bigint  NOT NULL,
    PRIMARY KEY (video_id, hundredth)
);

-- How many sessions had their first picture within a step of time, each 15 % longer than the one before: 50 ms * 1.15 ^ step.
CREATE TABLE video_first_frames (
    video_id integer NOT NULL REFERENCES videos ON DELETE CASCADE,
    step     integer NOT NULL,
    sessions bigint  NOT NULL,
    PRIMARY KEY (video_id, step)
);

-- The salt of this day, which is made when it is needed first.
CREATE FUNCTION salt_of_today() RETURNS view_salts
    LANGUAGE plpgsql
AS $$
DECLARE
    today CONSTANT date := CAST(now() AT TIME ZONE 'UTC' AS date);
    found_one view_salts;
BEGIN
    SELECT * INTO found_one FROM view_salts WHERE day = today;
    IF NOT FOUND THEN
        INSERT INTO view_salts (day) VALUES (today) ON CONFLICT DO NOTHING;
        SELECT * INTO found_one FROM view_salts WHERE day = today;
    END IF;
    RETURN found_one;
END
$$;

-- Adds reports to what they count for. One instance at a time does: the lock comes first, and what is read after that is what
-- the one before has left.
CREATE FUNCTION count_playback(most integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    reports integer;
BEGIN
    IF NOT pg_try_advisory_xact_lock(hashtext('count_playback')) THEN
        RETURN 0;
    END IF;
    WITH due AS (
        UPDATE playback_reports
        SET counted = true
        WHERE (video_id, session, number) IN (
            SELECT video_id, session, number
            FROM playback_reports
            WHERE NOT counted
            ORDER BY received_at
            LIMIT most
        )
        RETURNING *
    ), played AS (
        SELECT video_id, session, min(day) AS day, coalesce(range_agg(reached), '{}') AS reached
        FROM due
        GROUP BY video_id, session
    ), gained AS (
        SELECT played.video_id, played.session, played.day, played.reached,
            played.reached - coalesce(former.reached, '{}') AS reached_anew,
            coalesce(former.reached, '{}') = '{}' AND played.reached <> '{}' AS begins
        FROM played
        LEFT JOIN playback_sessions AS former USING (video_id, session)
    ), kept AS (
        INSERT INTO playback_sessions (video_id, session, reached)
        SELECT video_id, session, reached
        FROM gained
        ON CONFLICT (video_id, session) DO UPDATE
        SET reached = playback_sessions.reached + excluded.reached, seen_at = now()
    ), viewers AS (
        INSERT INTO video_viewers (video_id, day, viewer)
        SELECT DISTINCT video_id, day, viewer
        FROM due
        WHERE watched_ms > 0
        ON CONFLICT DO NOTHING
        RETURNING video_id, day
    ), parts AS (
        SELECT video_id, day, 0 AS views, 0 AS sessions, watched_ms,
            CAST(stalled AS integer) AS stalls, CAST(failed AS integer) AS failures
        FROM due
        UNION ALL
        SELECT video_id, day, 1, 0, 0, 0, 0
        FROM viewers
        UNION ALL
        SELECT video_id, day, 0, 1, 0, 0, 0
        FROM gained
        WHERE begins
    ), days AS (
        INSERT INTO video_days AS total (video_id, day, views, sessions, watched_ms, stalls, failures)
        SELECT video_id, day, sum(views), sum(sessions), sum(watched_ms), sum(stalls), sum(failures)
        FROM parts
        GROUP BY video_id, day
        ON CONFLICT (video_id, day) DO UPDATE
        SET views = total.views + excluded.views,
            sessions = total.sessions + excluded.sessions,
            watched_ms = total.watched_ms + excluded.watched_ms,
            stalls = total.stalls + excluded.stalls,
            failures = total.failures + excluded.failures
    ), retained AS (
        INSERT INTO video_retention AS total (video_id, hundredth, sessions)
        SELECT video_id, hundredth, count(*)
        FROM gained, unnest(reached_anew) AS part, generate_series(lower(part), upper(part) - 1) AS hundredth
        GROUP BY video_id, hundredth
        ON CONFLICT (video_id, hundredth) DO UPDATE
        SET sessions = total.sessions + excluded.sessions
    ), begun AS (
        INSERT INTO video_first_frames AS total (video_id, step, sessions)
        SELECT video_id, CAST(floor(ln(greatest(first_frame_ms, 50) / 50.0) / ln(1.15)) AS integer) AS step, count(*)
        FROM due
        WHERE first_frame_ms IS NOT NULL
        GROUP BY video_id, step
        ON CONFLICT (video_id, step) DO UPDATE
        SET sessions = total.sessions + excluded.sessions
    )
    SELECT count(*) INTO reports FROM due;
    RETURN reports;
END
$$;

-- Hundredths of a video that a part of it touches.
CREATE FUNCTION hundredths(from_ms bigint, to_ms bigint, duration_ms bigint) RETURNS int4range
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT int4range(
        CAST(100 * from_ms / duration_ms AS integer),
        CAST(least(100, (100 * to_ms + duration_ms - 1) / duration_ms) AS integer))
$$;
