-- Only while the user may have one more under way.
insert into uploads (video_id, thumbnail_id, user_id)
select cast(:?videoId as uuid), cast(:?thumbnailId as uuid), cast(:?userId as integer)
from usage_of(cast(:?userId as integer), null, null, cast(:?${properties:upload.longest-upload} as interval)) as usage
where usage.used_uploads < cast(:?${header.quota.maxUploads} as bigint)
