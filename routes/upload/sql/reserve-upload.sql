insert into uploads (video_id, thumbnail_id, user_id, direct)
values (:?videoId, :?thumbnailId, :?userId, true)
