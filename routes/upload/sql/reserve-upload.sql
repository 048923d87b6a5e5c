-- Of attempts under one key the last counts: a former one that is not accepted, dead or still under way, can't be any more. Only
-- while the user may have one more under way, and one more video, and what it says it brings fits in.
with former as (
    delete from uploads
    where user_id = :?userId
      and request_key = :?requestKey
      and published_at is null
    returning video_id
)
insert into uploads (video_id, thumbnail_id, user_id, direct, request_key, declared)
select cast(:?videoId as uuid), cast(:?thumbnailId as uuid), cast(:?userId as integer), true,
       nullif(cast(:?requestKey as text), ''), nullif(cast(:?${header.declared} as bigint), 0)
from (select count(*) from former) as first,
     usage_of(
         cast(:?userId as integer),
         null,
         cast(:?requestKey as text),
         cast(:?${properties:upload.longest-upload} as interval)
     ) as usage
where usage.used_uploads < cast(:?${header.quota.maxUploads} as bigint)
  and usage.used_videos < cast(:?${header.quota.maxVideos} as bigint)
  and usage.used_bytes <= cast(:?${header.quota.maxBytes} as bigint) - coalesce(cast(:?${header.declared} as bigint), 0)
on conflict (user_id, request_key) do nothing
