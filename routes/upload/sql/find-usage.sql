-- What a user takes and what he is allowed; null where that is what everybody is.
select usage.used_bytes, usage.used_videos, usage.used_uploads, quotas.max_bytes, quotas.max_videos, quotas.max_uploads
from usage_of(
    cast(:?userId as integer),
    cast(:?${header.videoId} as uuid),
    cast(:?${header.requestKey} as text),
    cast(:?${properties:upload.longest-upload} as interval)
) as usage
left join quotas on quotas.user_id = :?userId
