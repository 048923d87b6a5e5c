-- Accepts an upload and leaves its announcement in the outbox, in one statement, once. Whoever accepts announces at
-- once; the relay looks at it when that has not worked for 30 seconds.
update uploads
set title          = :?${header.title},
    description    = :?${header.description},
    thumbnail      = :?thumbnail,
    thumbnail_size = :?${header.thumbnailSize},
    thumbnail_etag = :?${header.thumbnailEtag},
    size           = :?size,
    etag           = :?etag,
    request_id     = :?${header.x-request-id},
    traceparent    = :?${header.traceparent},
    published_at   = now(),
    announce_after = now() + interval '30 seconds'
where video_id = :?videoId
  and user_id = :?userId
  and published_at is null
returning video_id, thumbnail_id, user_id, title, description, thumbnail, thumbnail_size, thumbnail_etag,
    size, etag, published_at, request_id, traceparent
