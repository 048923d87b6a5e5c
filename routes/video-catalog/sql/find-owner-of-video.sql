SELECT user_id
FROM shown_videos
WHERE id = :?${variable.videoId}
    AND (state = 'ready' OR user_id = :?${variable.caller})
