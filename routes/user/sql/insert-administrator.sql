-- Of several instances that start at once one makes the account.
WITH stored AS (
    INSERT INTO users (name, email, email_key, password_hash, role)
    VALUES (:?name, :?email, :?email_key, :?new_password_hash, 'admin')
    ON CONFLICT (email_key) DO UPDATE SET role = 'admin'
    RETURNING id
)
INSERT INTO settings (user_id)
SELECT id FROM stored
ON CONFLICT (user_id) DO NOTHING
