SELECT content
FROM growing_manifests
JOIN videos ON videos.id = video_id
WHERE original_id = :?${variable.manifest.video}
    AND playable_attempt = :?${variable.manifest.attempt}
    AND state = 'encoding'
    AND file = :?${variable.manifest.file}
