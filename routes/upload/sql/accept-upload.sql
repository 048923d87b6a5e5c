-- Accepts an upload, once; with that it is in the outbox.
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
where video_id = :?videoId
  and user_id = :?userId
  and published_at is null
returning video_id, size
