INSERT INTO video_links (video_id, secret, expires_at)
SELECT id, :?secret, CAST(:?expires_at AS timestamptz)
FROM shown_videos
WHERE id = :?id
    AND (user_id = :?caller OR :?admin)
    -- More than anybody hands out, which nobody's mistake is to fill the database with.
    AND (SELECT count(*) FROM video_links WHERE video_id = :?id AND expires_at > now()) < 100
RETURNING id, created_at, expires_at
