-- As parameters of delete-video.sql, which looks again whether it is still there.
SELECT id, 0 AS caller, true AS admin, CAST(NULL AS text) AS request_id, true AS only_trashed
FROM videos
WHERE trashed_at < now() - CAST(:?${properties:video-catalog.keep-trash} AS interval)
    AND deleted_at IS NULL
ORDER BY trashed_at
LIMIT 1000
