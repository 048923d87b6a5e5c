-- Only when nobody changed it meanwhile. With the version all sessions end that began with the former password.
UPDATE users
SET password_hash = :?new_password_hash, credential_version = credential_version + 1, updated_at = now()
WHERE id = :?id AND password_hash = :?password_hash
RETURNING id
