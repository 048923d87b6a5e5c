-- Only when nobody changed it meanwhile.
UPDATE users
SET password_hash = :?new_password_hash, updated_at = now()
WHERE id = :?id AND password_hash = :?password_hash
RETURNING id
