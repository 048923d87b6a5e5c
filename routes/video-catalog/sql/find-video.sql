SELECT id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings
FROM shown_videos
WHERE id = :?id
    AND (state = 'ready' OR user_id = :?caller OR :?admin)
