-- Accepts an upload, once, while its owner may have one more video and it fits in; with that it is in the outbox.
update uploads
set title          = :?${header.title},
    description    = :?${header.description},
    visibility     = :?${header.visibility},
    thumbnail      = :?thumbnail,
    thumbnail_size = :?${header.thumbnailSize},
    thumbnail_etag = :?${header.thumbnailEtag},
    size           = :?size,
    etag           = :?etag,
    request_id     = :?${header.x-request-id},
    traceparent    = :?${header.traceparent},
    published_at   = now(),
    announce_after = now()
from usage_of(
    cast(:?userId as integer),
    cast(:?videoId as uuid),
    null,
    cast(:?${properties:upload.longest-upload} as interval)
) as usage
where video_id = :?videoId
  and user_id = :?userId
  and published_at is null
  and usage.used_videos < cast(:?${header.quota.maxVideos} as bigint)
  and usage.used_bytes <= cast(:?${header.quota.maxBytes} as bigint) - cast(:?size as bigint)
returning video_id, size
