insert into uploads (video_id, thumbnail_id, user_id)
values (:?videoId, :?thumbnailId, :?userId)
