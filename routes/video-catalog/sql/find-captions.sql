SELECT CAST(captions_of(id) AS text) AS captions, path
FROM shown_videos
WHERE id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
