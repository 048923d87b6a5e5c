update uploads
set announced_at   = null,
    announce_after = now()
where video_id = :?videoId
