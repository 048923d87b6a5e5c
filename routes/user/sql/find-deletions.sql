SELECT id, CAST(receipt AS text) AS receipt, requested_at, uploads_ended, videos_deleted, completed_at
FROM deletions
WHERE id < :?after
ORDER BY id DESC
LIMIT :?size + 1
