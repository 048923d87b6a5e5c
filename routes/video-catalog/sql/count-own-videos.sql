SELECT CAST(count(*) AS integer) AS videos
FROM videos
WHERE user_id = :?caller
    AND deleted_at IS NULL
