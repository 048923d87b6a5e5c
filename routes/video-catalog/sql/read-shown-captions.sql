SELECT CASE WHEN :?${variable.manifest.text} THEN content END AS content,
    coalesce(duration_ms, 1000 * CAST(duration AS bigint)) AS duration_ms
FROM videos
JOIN video_captions AS captions ON captions.video_id = videos.id
WHERE original_id = :?${variable.manifest.video}
    AND captions.language = :?${variable.manifest.captions}
