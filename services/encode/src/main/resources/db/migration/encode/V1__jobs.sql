-- The queue of work: one job a video. Whoever claims one holds it until lease_until, and longer by renewing that.
create type job_state as enum ('waiting', 'running', 'succeeded', 'failed', 'cancelled', 'deleted');

create table jobs (
    video_id    text primary key,
    user_id     bigint      not null,
    delivery    bytea,                               -- the message, byte for byte; gone when the video is deleted
    headers     jsonb       not null default '{}',   -- of the message: content-type, traceparent and the like
    state       job_state   not null default 'waiting',
    attempt     integer     not null default 0,      -- names the folder of its output; only grows
    failures    integer     not null default 0,      -- of the platform's fault, in this round
    not_before  timestamptz not null default now(),
    worker      text,
    lease_until timestamptz,
    progress    integer     not null default 0,      -- per cent
    reason      text,                                -- why it failed, UPPER_SNAKE
    failure     text,                                -- the same as a sentence for the owner
    result      jsonb,                               -- the data of the last success
    created_at  timestamptz not null default now(),
    updated_at  timestamptz not null default now(),
    check ((state = 'running') = (worker is not null and lease_until is not null)),
    check (state = 'deleted' or delivery is not null)
);

create index jobs_to_claim on jobs (not_before) where state = 'waiting';

create index jobs_held on jobs (lease_until) where state = 'running';

-- Each try of a job, noted before it begins.
create table attempts (
    video_id   text        not null references jobs,
    number     integer     not null,
    worker     text        not null,
    started_at timestamptz not null default now(),
    ended_at   timestamptz,
    -- running, succeeded, refused, failed, lost, cancelled or handed-back
    outcome    text        not null default 'running',
    error      text,
    swept_at   timestamptz,                          -- what it had stored is removed
    primary key (video_id, number)
);

-- Messages that the broker has not confirmed yet.
create table outbox (
    id            bigint generated always as identity primary key,
    exchange      text        not null,              -- 'default' is AMQP's own
    routing_key   text        not null,
    body          bytea       not null,
    headers       jsonb       not null default '{}',
    publish_after timestamptz not null default now(), -- someone is at it, or it failed, until then
    created_at    timestamptz not null default now()
);

create index outbox_to_publish on outbox (publish_after);

-- Folders of the object store that nobody needs any more.
create table orphans (
    prefix      text primary key,
    video_id    text        not null,
    number      integer,                             -- the attempt; null for all of a video
    sweep_after timestamptz not null,
    keep_until  timestamptz not null                 -- someone may still store to it until then
);

create index orphans_to_sweep on orphans (sweep_after);
