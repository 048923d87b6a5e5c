UPDATE users
SET blocked_at = NULL
WHERE id = :?user_id
RETURNING id, name, email, image, created_at, role, blocked_at
