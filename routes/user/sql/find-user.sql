SELECT id, name, email, image, created_at, updated_at
FROM users
WHERE id = :?user_id
