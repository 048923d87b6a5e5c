-- The picture that its owner chose for a video since it was uploaded: a file, a moment, or neither for what the video gives.
alter table jobs
    add column picture_number integer not null default 0,  -- how many times he chose; 0 for the one that came with the upload
    add column picture        bytea,                       -- as it came: for the jail alone
    add column picture_second double precision,
    add check (picture is null or picture_second is null);

-- Those whose picture is not the one that was chosen, too.
drop index jobs_to_renew;
create index jobs_to_renew on jobs (renew_after)
    where result is not null
      and state <> 'deleted'
      and (result -> 'thumbnails' is null or coalesce(cast(result ->> 'picture' as integer), 0) <> picture_number);
