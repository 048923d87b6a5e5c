-- An upload that comes in several requests. What of it is stored is what is noted here: parts of one size in the object store, and
-- behind them an object of its own with what is no part yet. Whoever sends holds the lease; the row stays when the upload is
-- accepted, for a client that did not hear so.
create table resumable_uploads (
    video_id     uuid primary key references uploads on delete cascade,
    length       bigint      not null check (length > 0),
    part_size    bigint      not null check (part_size > 0),
    metadata     text,                                     -- Upload-Metadata as it came
    title        text        not null,
    description  text        not null,
    visibility   text,
    expires_at   timestamptz not null,
    received     bigint      not null default 0 check (received between 0 and length),
    store_upload text,                                     -- the object store's name for it; null before its first bytes
    tail         text,                                     -- key of the object with what is no part yet
    tail_size    integer     not null default 0,
    lease        uuid,
    lease_until  timestamptz
);

create index resumable_uploads_leased on resumable_uploads (lease) where lease is not null;

create table upload_parts (
    video_id uuid    not null references resumable_uploads on delete cascade,
    number   integer not null check (number between 1 and 10000),
    etag     text    not null,
    primary key (video_id, number)
);

-- As before; a resumable upload is under way until it expires.
create or replace function usage_of(owner integer, besides uuid, repeated text, longest_upload interval)
returns table (used_bytes bigint, used_videos integer, used_uploads integer)
language plpgsql volatile as $$
begin
    perform pg_advisory_xact_lock(hashtext('quota'), owner);
    return query
    select cast(coalesce(sum(coalesce(counted.size, counted.declared)) filter (where counted.accepted or counted.direct), 0) as bigint),
           cast(count(*) filter (where counted.accepted or counted.direct) as integer),
           cast(count(*) filter (where not counted.accepted) as integer)
    from (
        select size, declared, direct, published_at is not null as accepted
        from uploads
        where user_id = owner
          and video_id is distinct from besides
          and (published_at is not null
               or (request_key is distinct from nullif(repeated, '') or request_key is null)
                  and (not direct
                       or created_at > now() - longest_upload
                       or exists (
                           select
                           from resumable_uploads
                           where resumable_uploads.video_id = uploads.video_id
                             and resumable_uploads.expires_at > now()
                       )))
    ) as counted;
end
$$;
