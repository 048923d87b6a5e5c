-- What an administrator allows a user in the place of what everybody is allowed: null as everybody, 0 without limit.
create table quotas (
    user_id     integer primary key,
    max_bytes   bigint check (max_bytes >= 0),
    max_videos  integer check (max_videos >= 0),
    max_uploads integer check (max_uploads >= 0)
);

-- Bytes that a direct upload said it brings, which are kept free for it while it comes.
alter table uploads
    add column declared bigint check (declared > 0);

-- What a user takes of his quota, for a statement that adds to it: of those of one user only one at a time gets past the lock,
-- which it holds to its end, and so counts what the former has added. (A volatile function sees what was committed until now, not
-- until its statement began.) A direct upload that takes longer than any may is dead. Not counted is the upload itself of which
-- the statement is, and one that is not accepted and goes when the upload comes again under its key.
create function usage_of(owner integer, besides uuid, repeated text, longest_upload interval)
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
                  and (not direct or created_at > now() - longest_upload))
    ) as counted;
end
$$;
