-- Servers of users and administrators that are told what happens.
CREATE TABLE webhooks (
    id              uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    user_id         integer     NOT NULL,
    url             text        NOT NULL,
    description     text        NOT NULL,
    -- Of events; empty for all of them.
    types           text[]      NOT NULL,
    -- Of administrators: what happens to everybody's videos, and to messages that nothing could be done with.
    everybody       boolean     NOT NULL,
    format          text        NOT NULL CHECK (format IN ('standard', 'cloudevents')),
    -- What is sent is signed with; of two, the former one until then.
    secret          bytea       NOT NULL,
    former_secret   bytea,
    former_until    timestamptz,
    created_at      timestamptz NOT NULL DEFAULT now(),
    -- Since when it has taken nothing, and when that was so last; null when it took the last.
    failing_since   timestamptz,
    failed_at       timestamptz,
    disabled_at     timestamptz,
    -- Null when its owner has disabled it.
    disabled_reason text
);

CREATE INDEX webhooks_of_a_user ON webhooks (user_id, created_at);

-- What has happened; each event is written by the transaction that makes it true.
CREATE TABLE events (
    id          uuid        PRIMARY KEY DEFAULT gen_random_uuid(),
    -- Of two events of a video the later one's is larger.
    number      bigint      GENERATED ALWAYS AS IDENTITY,
    type        text        NOT NULL,
    -- Whom it is told, beside administrators; null for these alone.
    user_id     integer,
    video_id    integer,
    occurred_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    data        jsonb       NOT NULL
);

CREATE INDEX events_of_a_video ON events (video_id) WHERE video_id IS NOT NULL;
CREATE INDEX events_by_time ON events (occurred_at);
CREATE INDEX events_of_a_user ON events (user_id, occurred_at);

CREATE TYPE delivery_state AS ENUM ('waiting', 'delivered', 'failed');

-- An event on its way to a webhook.
CREATE TABLE deliveries (
    id         uuid           PRIMARY KEY DEFAULT gen_random_uuid(),
    -- No reference: a change of a video must not wait for, or fail by, a webhook that is being deleted. What is left is swept.
    webhook_id uuid           NOT NULL,
    -- The webhook's owner.
    user_id    integer        NOT NULL,
    event_id   uuid           NOT NULL REFERENCES events ON DELETE CASCADE,
    state      delivery_state NOT NULL DEFAULT 'waiting',
    -- Since it was to be sent last.
    tries      integer        NOT NULL DEFAULT 0,
    -- When it is sent next. Of one that is being sent: when another may take it.
    not_before timestamptz    NOT NULL DEFAULT now(),
    -- Of who is sending it.
    claim      uuid,
    created_at timestamptz    NOT NULL DEFAULT now(),
    UNIQUE (event_id, webhook_id)
);

CREATE INDEX deliveries_due ON deliveries (webhook_id, not_before) WHERE state = 'waiting';
CREATE INDEX deliveries_under_way ON deliveries (user_id, webhook_id) WHERE claim IS NOT NULL;
CREATE INDEX deliveries_of_a_webhook ON deliveries (webhook_id, created_at DESC, id DESC);
CREATE INDEX deliveries_by_state ON deliveries (webhook_id, state, created_at DESC, id DESC);

CREATE TABLE delivery_attempts (
    delivery_id  uuid        NOT NULL REFERENCES deliveries ON DELETE CASCADE,
    at           timestamptz NOT NULL DEFAULT clock_timestamp(),
    milliseconds integer     NOT NULL,
    -- Of the answer; null when there was none.
    status       integer,
    error        text,
    answer       text
);

CREATE INDEX attempts_of_a_delivery ON delivery_attempts (delivery_id, at DESC);

-- What is told of a video: what its owner sees of it, without an address of any file.
CREATE FUNCTION video_of_event(video videos) RETURNS jsonb
    LANGUAGE sql STABLE
AS $$
    SELECT jsonb_strip_nulls(jsonb_build_object(
        'id', video.id, 'video_id', video.original_id, 'user_id', video.user_id
    ) || CASE WHEN video.deleted_at IS NULL THEN jsonb_build_object(
        'title', video.title, 'description', video.description,
        'state', CASE WHEN video.state = 'encoding' AND video.playable_until_ms IS NOT NULL THEN 'playable' ELSE CAST(video.state AS text) END,
        'failure', video.failure, 'visibility', video.visibility, 'publish_at', video.publish_at,
        'published_at', video.published_at, 'tags', video.tags, 'language', video.language, 'licence', video.licence,
        'duration_ms', video.duration_ms, 'width', video.width, 'height', video.height, 'revision', video.revision,
        'playable_until', CASE WHEN video.state = 'encoding' THEN video.playable_until_ms / 1000.0 END,
        'trashed', video.trashed_at IS NOT NULL
    ) ELSE '{}' END)
$$;

-- Notes events of these types, of which null is none.
CREATE FUNCTION note_of_video(video videos, types text[]) RETURNS void
    LANGUAGE sql
AS $$
    INSERT INTO events (type, user_id, video_id, data)
    SELECT 'video.' || type, video.user_id, video.id, jsonb_build_object('video', video_of_event(video))
    FROM unnest(types) AS type
    WHERE type IS NOT NULL
$$;

CREATE FUNCTION note_new_video() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    -- News of a video may come in any order: the first that is heard of it may be that it is ready.
    PERFORM note_of_video(NEW, ARRAY['uploaded', nullif(CAST(NEW.state AS text), 'uploaded')]);
    RETURN NULL;
END
$$;

CREATE TRIGGER new_videos_are_events AFTER INSERT ON videos
    FOR EACH ROW WHEN (NEW.deleted_at IS NULL) EXECUTE FUNCTION note_new_video();

CREATE FUNCTION note_changed_video() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    PERFORM note_of_video(NEW, ARRAY[
        CASE WHEN NEW.state <> OLD.state OR NEW.attempt <> OLD.attempt THEN CAST(NEW.state AS text) END,
        CASE WHEN NEW.state = 'encoding' AND OLD.playable_until_ms IS NULL AND NEW.playable_until_ms IS NOT NULL THEN 'playable' END,
        CASE WHEN NEW.revision <> OLD.revision THEN 'updated' END
    ]);
    RETURN NULL;
END
$$;

CREATE TRIGGER changed_videos_are_events AFTER UPDATE ON videos
    FOR EACH ROW
    WHEN (NEW.deleted_at IS NULL AND (
        NEW.state <> OLD.state OR NEW.attempt <> OLD.attempt OR NEW.revision <> OLD.revision
        OR (OLD.playable_until_ms IS NULL) <> (NEW.playable_until_ms IS NULL)))
    EXECUTE FUNCTION note_changed_video();

-- What was said of it goes with it, also what was not sent yet; that it is gone is told.
CREATE FUNCTION note_deleted_video() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    DELETE FROM events WHERE video_id = NEW.id;
    PERFORM note_of_video(NEW, ARRAY['deleted']);
    RETURN NULL;
END
$$;

CREATE TRIGGER deleted_videos_are_events AFTER UPDATE OF deleted_at ON videos
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION note_deleted_video();

CREATE FUNCTION note_dead_letter() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO events (type, data)
    VALUES ('dead_letter.kept', jsonb_build_object('dead_letter', jsonb_strip_nulls(jsonb_build_object(
        'id', NEW.id, 'service', NEW.service, 'queue', NEW.queue, 'reason', NEW.reason, 'error', NEW.error,
        'video_id', NEW.video_id, 'request_id', NEW.request_id, 'failed_at', NEW.failed_at))));
    RETURN NULL;
END
$$;

-- Of a letter that says that a webhook could not be reached no webhook is told: they would go round.
CREATE TRIGGER dead_letters_are_events AFTER INSERT ON dead_letters
    FOR EACH ROW WHEN (NEW.reason <> 'WEBHOOK_EXHAUSTED') EXECUTE FUNCTION note_dead_letter();

CREATE FUNCTION note_disabled_webhook() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO events (type, user_id, data)
    VALUES ('webhook.disabled', NEW.user_id, jsonb_build_object('webhook', jsonb_build_object(
        'id', NEW.id, 'url', NEW.url, 'reason', NEW.disabled_reason)));
    RETURN NULL;
END
$$;

CREATE TRIGGER disabled_webhooks_are_events AFTER UPDATE OF disabled_at ON webhooks
    FOR EACH ROW WHEN (OLD.disabled_at IS NULL AND NEW.disabled_reason IS NOT NULL) EXECUTE FUNCTION note_disabled_webhook();

-- Whether a webhook is told an event: the one place that says it.
CREATE FUNCTION hears(webhook webhooks, event events) RETURNS boolean
    LANGUAGE sql IMMUTABLE
AS $$
    SELECT CASE event.type
            WHEN 'webhook.test' THEN false
            -- Its address is its owner's alone.
            WHEN 'webhook.disabled' THEN webhook.user_id = event.user_id
            ELSE webhook.everybody OR webhook.user_id = event.user_id
        END
        AND (webhook.types = '{}' OR event.type = ANY (webhook.types))
$$;

CREATE FUNCTION deliver_event() RETURNS trigger
    LANGUAGE plpgsql
AS $$
BEGIN
    INSERT INTO deliveries (webhook_id, user_id, event_id)
    SELECT id, user_id, NEW.id
    FROM webhooks
    WHERE disabled_at IS NULL AND hears(webhooks, NEW);
    RETURN NULL;
END
$$;

CREATE TRIGGER events_are_delivered AFTER INSERT ON events
    FOR EACH ROW EXECUTE FUNCTION deliver_event();
