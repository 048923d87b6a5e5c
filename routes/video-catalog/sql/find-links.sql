SELECT link.id, link.created_at, link.expires_at
FROM shown_videos AS video
LEFT JOIN video_links AS link ON link.video_id = video.id AND link.expires_at > now()
WHERE video.id = :?id
    AND (video.user_id = :?caller OR :?admin)
ORDER BY link.id
