SELECT deleted_at
FROM videos
WHERE original_id = :?${variable.manifest.video}
    AND deleted_at IS NOT NULL
