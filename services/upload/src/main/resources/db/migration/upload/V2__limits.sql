-- What was accepted: the object at that moment, as the object store stated it, quotes included. It can be replaced as long
-- as its URL works. Uploads that were accepted before this have neither, and count for nothing in their owner's room.
alter table uploads
    add column size   bigint check (size > 0),
    add column etag   text,
    add column direct boolean not null default false; -- the bytes come through the service, not to a URL

create index uploads_of_user on uploads (user_id);

-- Since when uploads are written down here. An object that is older says nothing by having no row: it may be another
-- service's, or of before a database was lost.
create table uploads_known_since (
    moment timestamptz not null
);

insert into uploads_known_since (moment)
select coalesce(min(created_at), now())
from uploads;
