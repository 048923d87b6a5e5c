update uploads
set taken_at = now()
where video_id = :?videoId
