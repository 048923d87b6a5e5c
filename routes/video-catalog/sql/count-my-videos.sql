SELECT CAST(count(*) AS integer)
FROM videos
WHERE user_id = :?caller
