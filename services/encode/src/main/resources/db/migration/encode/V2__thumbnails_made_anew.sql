alter table jobs
    add column renew_after timestamptz not null default now(); -- its picture may be made anew from then on

create index jobs_to_renew on jobs (renew_after)
    where result is not null and result -> 'thumbnails' is null and state <> 'deleted';
