-- Of attempts under one key the last counts: a former one that is not accepted, dead or still under way, can't be any more.
with former as (
    delete from uploads
    where user_id = :?userId
      and request_key = :?requestKey
      and published_at is null
    returning video_id
)
insert into uploads (video_id, thumbnail_id, user_id, direct, request_key)
select cast(:?videoId as uuid), cast(:?thumbnailId as uuid), cast(:?userId as integer), true, nullif(cast(:?requestKey as text), '')
from (select count(*) from former) as first
on conflict (user_id, request_key) do nothing
