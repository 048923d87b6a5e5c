-- Only while the user may have one more under way, and one more video, and it fits in.
with reserved as (
    insert into uploads (video_id, thumbnail_id, user_id, direct, declared)
    select cast(:?videoId as uuid), cast(:?thumbnailId as uuid), cast(:?userId as integer), true,
           cast(:?${header.declared} as bigint)
    from usage_of(
        cast(:?userId as integer),
        null,
        null,
        cast(:?${properties:upload.longest-upload} as interval)
    ) as usage
    where usage.used_uploads < cast(:?${header.quota.maxUploads} as bigint)
      and usage.used_videos < cast(:?${header.quota.maxVideos} as bigint)
      and usage.used_bytes <= cast(:?${header.quota.maxBytes} as bigint) - cast(:?${header.declared} as bigint)
    returning video_id
)
insert into resumable_uploads (video_id, length, part_size, metadata, title, description, visibility, expires_at)
select video_id, cast(:?${header.uploadLength} as bigint), cast(:?${header.partSize} as bigint),
       cast(:?${header.uploadMetadata} as text), cast(:?${header.title} as text), cast(:?${header.description} as text),
       cast(:?${header.visibility} as text), now() + cast(:?${properties:upload.abandoned-after} as interval)
from reserved
returning video_id, length, expires_at
