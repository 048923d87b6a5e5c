update uploads
set announced_at = now()
where video_id = :?videoId
