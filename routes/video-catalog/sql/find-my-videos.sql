SELECT id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings
FROM shown_videos
WHERE user_id = :?caller
ORDER BY published_at DESC, id DESC
LIMIT :?size OFFSET :?offset
