-- An upload is requested when it has ids, accepted when it has a title and a date of publication, announced when the
-- broker has confirmed the message about it.
create table uploads (
    video_id       uuid primary key,
    thumbnail_id   uuid        not null unique,
    user_id        integer     not null,
    created_at     timestamptz not null default now(),
    title          text,
    description    text,
    thumbnail      boolean     not null default false, -- the user sent one
    published_at   timestamptz,
    announce_after timestamptz,                        -- someone is at it, or it failed, until then
    announced_at   timestamptz,
    check (published_at is null or (title is not null and description is not null and announce_after is not null))
);

create index uploads_to_announce on uploads (announce_after) where published_at is not null and announced_at is null;

create index uploads_not_accepted on uploads (created_at) where published_at is null;
