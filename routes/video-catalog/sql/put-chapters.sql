UPDATE videos
SET chapters = CAST(:?chapters AS jsonb)
WHERE id = :?id
    AND deleted_at IS NULL
    AND trashed_at IS NULL
    AND (user_id = :?caller OR :?admin)
RETURNING CAST(chapters AS text) AS chapters
