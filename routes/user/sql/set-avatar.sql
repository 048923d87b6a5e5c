WITH changed AS (
    UPDATE users
    SET image = '/avatars/' || encode(sha256(CAST(:?picture AS bytea)), 'hex') || '.jpg', updated_at = now()
    WHERE id = :?user_id
    RETURNING id, name, email, image, created_at, updated_at, role, credential_version
), kept AS (
    INSERT INTO avatars (user_id, name, picture)
    SELECT id, substr(image, length('/avatars/') + 1), CAST(:?picture AS bytea)
    FROM changed
    ON CONFLICT (user_id) DO UPDATE SET name = excluded.name, picture = excluded.picture
)
SELECT id, name, email, image, created_at, updated_at, role, credential_version
FROM changed
