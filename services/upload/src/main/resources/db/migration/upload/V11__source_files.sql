-- A file that a source has shown: a folder, a bucket, a server. It is a resumable upload whose client is the connectors service.
-- The row stays: whoever shows the same file again, or another instance that sees it too, is told what became of it.
create table source_files (
    id         uuid primary key default gen_random_uuid(),
    source     text        not null,                       -- the route that showed it
    address    text        not null,                       -- where it is there
    etag       text        not null,                       -- tells this very content from what is there later
    video_id   uuid unique,                                -- null of what was refused before it was tried
    user_id    integer     not null,
    title      text        not null,
    size       bigint      not null,
    refused    boolean     not null default false,
    code       text,                                       -- what went wrong last
    reason     text,
    created_at timestamptz not null default now(),
    ended_at   timestamptz                                 -- when it was accepted or refused
);

create unique index source_files_by_content on source_files (source, md5(address), etag);
create index source_files_newest on source_files (created_at desc, id desc);

-- What a file beside a video says of it, by the address of both without its ending.
create table source_texts (
    source      text        not null,
    stem        text        not null,
    title       text,
    description text,
    visibility  text,
    created_at  timestamptz not null default now()
);

create unique index source_texts_by_stem on source_texts (source, md5(stem));
create index source_texts_oldest on source_texts (created_at);

-- In the transaction that accepts it, so that no crash has it taken twice.
create function end_source_file() returns trigger
language plpgsql as $$
begin
    update source_files
    set ended_at = now(),
        code     = null,
        reason   = null
    where video_id = new.video_id;
    return null;
end
$$;

create trigger source_file_accepted
    after update of published_at on uploads
    for each row
    when (old.published_at is null and new.published_at is not null)
    execute function end_source_file();
