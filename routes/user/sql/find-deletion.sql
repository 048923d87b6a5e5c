SELECT CAST(receipt AS text) AS receipt, requested_at, uploads_ended, videos_deleted, completed_at
FROM deletions
WHERE receipt = CAST(:?receipt AS uuid)
