-- A video that is fetched from where its owner says. It is a resumable upload whose client is this service; what became of it is
-- told for some time after that upload is accepted or gone, so that it refers to no row.
create table imports (
    video_id      uuid primary key,
    user_id       integer     not null,
    url           text        not null,
    title         text        not null,
    validator     text,                                    -- ETag or Last-Modified of what is fetched; null when it can't be told apart
    length_known  boolean     not null default false,      -- else the length of the upload is the largest that there can be
    received      bigint      not null default 0,          -- what was there when it was last tried
    tries         integer     not null default 0,          -- since there was more
    next_at       timestamptz not null default now(),
    claim         uuid,                                    -- by which one run of it is told from another; only it may change the row
    claimed_until timestamptz,                             -- renewed while it runs
    code          text,                                    -- what went wrong last
    reason        text,
    status        integer,                                 -- of an answer that was no file
    request_id    text,
    traceparent   text,
    created_at    timestamptz not null default now(),
    ended_at      timestamptz
);

-- Whoever asks again for what is under way gets the same.
create unique index imports_under_way on imports (user_id, md5(url)) where ended_at is null;
create index imports_next on imports (next_at) where ended_at is null;
create index imports_of_user on imports (user_id, created_at desc, video_id desc);
create index imports_ended on imports (ended_at);
