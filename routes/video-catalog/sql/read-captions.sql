SELECT captions.content
FROM shown_videos
LEFT JOIN video_captions AS captions ON captions.video_id = shown_videos.id AND captions.language = :?language
WHERE shown_videos.id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
