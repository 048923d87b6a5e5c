-- Another image, or none, takes the place of the picture that was sent.
WITH removed AS (
    DELETE FROM avatars
    WHERE user_id = :?user_id AND CAST(:?changes_image AS boolean)
)
UPDATE users
SET name = coalesce(CAST(:?name AS text), name),
    image = CASE WHEN :?changes_image THEN CAST(:?image AS text) ELSE image END,
    updated_at = CASE WHEN :?changes_image OR CAST(:?name AS text) IS NOT NULL THEN now() ELSE updated_at END
WHERE id = :?user_id
RETURNING id, name, email, image, created_at, updated_at, role, credential_version
