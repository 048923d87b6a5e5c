DELETE FROM video_links
WHERE expires_at < now()
    OR video_id IN (SELECT id FROM videos WHERE deleted_at IS NOT NULL)
