WITH stored AS (
    INSERT INTO users (name, email, email_key, password_hash)
    VALUES (:?name, :?email, :?email_key, :?new_password_hash)
    RETURNING id, name, email, image, created_at, updated_at, role, credential_version
), settled AS (
    INSERT INTO settings (user_id)
    SELECT id FROM stored
)
SELECT id, name, email, image, created_at, updated_at, role, credential_version
FROM stored
