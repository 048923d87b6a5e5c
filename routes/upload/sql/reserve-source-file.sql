-- Only while the user may have one more under way, and one more video, and it fits in. Of two that begin the same at once the second finds
-- another upload than it saw before, whose rows its subquery does not see yet, and begins nothing.
with noted as (
    insert into source_files as files (source, address, etag, video_id, user_id, title, size)
    select cast(:?source as text), cast(:?address as text), cast(:?sourceEtag as text), cast(:?videoId as uuid),
           cast(:?userId as integer), cast(:?${header.title} as text), cast(:?${header.uploadLength} as bigint)
    from usage_of(
        cast(:?userId as integer),
        null,
        null,
        cast(:?${properties:upload.longest-upload} as interval)
    ) as usage
    where usage.used_uploads < cast(:?${header.quota.maxUploads} as bigint)
      and usage.used_videos < cast(:?${header.quota.maxVideos} as bigint)
      and usage.used_bytes <= cast(:?${header.quota.maxBytes} as bigint) - cast(:?${header.declared} as bigint)
    on conflict (source, md5(address), etag) do update
    set video_id = excluded.video_id,
        user_id  = excluded.user_id,
        title    = excluded.title,
        size     = excluded.size,
        code     = null,
        reason   = null
    where files.ended_at is null
      and files.video_id is not distinct from cast(:?${header.formerVideo} as uuid)
      and (files.user_id <> excluded.user_id or not exists (
          select
          from resumable_uploads
          join uploads on uploads.video_id = resumable_uploads.video_id
          where resumable_uploads.video_id = files.video_id
            and (uploads.published_at is not null or resumable_uploads.expires_at > now())
      ))
    returning video_id
), reserved as (
    insert into uploads (video_id, thumbnail_id, user_id, direct, declared)
    select video_id, cast(:?thumbnailId as uuid), cast(:?userId as integer), true, cast(:?${header.declared} as bigint)
    from noted
    returning video_id
)
insert into resumable_uploads (video_id, length, part_size, title, description, visibility, expires_at)
select video_id, cast(:?${header.uploadLength} as bigint), cast(:?${header.partSize} as bigint),
       cast(:?${header.title} as text), cast(:?${header.description} as text), cast(:?${header.visibility} as text),
       now() + cast(:?${properties:upload.abandoned-after} as interval)
from reserved
