DELETE FROM video_links
WHERE id = :?link_id
    AND video_id IN (SELECT id FROM shown_videos WHERE id = :?id AND (user_id = :?caller OR :?admin))
RETURNING id
