SELECT CAST(count(*) AS integer)
FROM shown_videos
WHERE user_id = :?caller
