DELETE FROM video_captions
WHERE language = :?language
    AND video_id IN (SELECT id FROM shown_videos WHERE id = :?id AND (user_id = :?caller OR :?admin))
RETURNING language
