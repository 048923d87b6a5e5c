SELECT id, name, email, image, created_at, updated_at, role, credential_version, blocked_at, password_hash
FROM users
WHERE email_key = :?email_key
