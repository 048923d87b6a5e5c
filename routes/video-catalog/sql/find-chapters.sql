SELECT CAST(chapters AS text) AS chapters
FROM shown_videos
WHERE id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
