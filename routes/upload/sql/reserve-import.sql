-- Only while the user may have one more under way, and one more video, and has not begun the same a moment ago. How long it is is
-- known when its server has answered.
with begun as (
    insert into imports (video_id, user_id, url, title, request_id, traceparent)
    select cast(:?videoId as uuid), cast(:?userId as integer), cast(:?${header.url} as text),
           cast(:?${header.title} as text), cast(:?${header.x-request-id} as text), cast(:?${header.traceparent} as text)
    from usage_of(
        cast(:?userId as integer),
        null,
        null,
        cast(:?${properties:upload.longest-upload} as interval)
    ) as usage
    where usage.used_uploads < cast(:?${header.quota.maxUploads} as bigint)
      and usage.used_videos < cast(:?${header.quota.maxVideos} as bigint)
    on conflict (user_id, md5(url)) where ended_at is null do nothing
    returning video_id
), reserved as (
    insert into uploads (video_id, thumbnail_id, user_id, direct)
    select video_id, cast(:?thumbnailId as uuid), cast(:?userId as integer), true
    from begun
    returning video_id
)
insert into resumable_uploads (video_id, length, part_size, title, description, visibility, expires_at)
select video_id, cast(:?${header.uploadLength} as bigint), cast(:?${header.partSize} as bigint),
       cast(:?${header.title} as text), cast(:?${header.description} as text), cast(:?${header.visibility} as text),
       now() + cast(:?${properties:upload.abandoned-after} as interval)
from reserved
