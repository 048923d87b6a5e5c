-- As parameters of delete-video.sql.
SELECT id, user_id AS caller, false AS admin, CAST(NULL AS text) AS request_id, false AS only_trashed
FROM videos
WHERE user_id = :?caller
    AND deleted_at IS NULL
ORDER BY id
LIMIT 100
