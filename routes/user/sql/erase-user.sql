-- Erases the account and leaves the order to delete what it owned, in one statement. Only when nobody changed the password
-- meanwhile. The locks let administrators who leave at once do it one after the other, and the last one stays.
WITH administrators AS (
    SELECT id
    FROM users
    WHERE role = 'admin' AND blocked_at IS NULL
    ORDER BY id
    FOR UPDATE
), erased AS (
    DELETE FROM users
    WHERE id = :?id
        AND password_hash = :?password_hash
        AND (role <> 'admin' OR EXISTS (SELECT FROM administrators WHERE id <> :?id))
    RETURNING id
)
INSERT INTO deletions (user_id)
SELECT id FROM erased
RETURNING CAST(receipt AS text) AS receipt, requested_at, uploads_ended, videos_deleted, completed_at
