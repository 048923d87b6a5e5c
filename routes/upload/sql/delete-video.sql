delete from uploads
where video_id = :?videoId
