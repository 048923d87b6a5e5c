-- Ends all sessions with it. The locks let administrators who block each other at once do it one after the other, and the
-- second is none any more; so there always is one.
WITH administrators AS (
    SELECT id
    FROM users
    WHERE role = 'admin' AND blocked_at IS NULL
    ORDER BY id
    FOR UPDATE
)
UPDATE users
SET blocked_at = coalesce(blocked_at, now()),
    credential_version = credential_version + CASE WHEN blocked_at IS NULL THEN 1 ELSE 0 END
WHERE id = :?user_id
    AND EXISTS (SELECT FROM administrators WHERE id = :?caller AND id <> :?user_id)
RETURNING id, name, email, image, created_at, role, blocked_at
