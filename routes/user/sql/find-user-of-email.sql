SELECT id, name, email, image, created_at, updated_at, role, credential_version, blocked_at
FROM users
WHERE email_key = :?email_key
