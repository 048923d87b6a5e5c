-- Only when nobody changed the password meanwhile. Sessions stay.
UPDATE users
SET email = :?email, email_key = :?email_key, updated_at = now()
WHERE id = :?id AND password_hash = :?password_hash
RETURNING id, name, email, image, created_at, updated_at, role, credential_version
