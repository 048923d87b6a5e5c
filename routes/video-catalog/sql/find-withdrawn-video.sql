SELECT
FROM videos
WHERE original_id = :?${variable.manifest.video}
    AND (deleted_at IS NOT NULL OR trashed_at IS NOT NULL)
