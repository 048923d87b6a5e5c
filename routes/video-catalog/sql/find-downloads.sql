SELECT original_id, title, state, downloads, CAST(download_files AS text) AS download_files
FROM shown_videos
WHERE id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
