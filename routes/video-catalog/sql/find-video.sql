SELECT id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    width, height, duration, path, hls, CAST(renditions AS text) AS renditions
FROM shown_videos
WHERE id = :?id
    AND (state = 'ready' OR user_id = :?caller OR :?admin)
