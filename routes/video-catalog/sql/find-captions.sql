SELECT CAST(captions AS text) AS captions, path
FROM shown_videos
LEFT JOIN captions_of_videos ON video_id = id
WHERE id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
