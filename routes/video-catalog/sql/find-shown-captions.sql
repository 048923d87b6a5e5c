SELECT language, label, is_default
FROM shown_captions
WHERE video_id = (SELECT id FROM videos WHERE original_id = :?${variable.manifest.video})
ORDER BY language
