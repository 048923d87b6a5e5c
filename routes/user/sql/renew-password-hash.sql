-- The same password, so nothing has changed for the user. Not when the password was changed meanwhile.
UPDATE users
SET password_hash = :?new_password_hash
WHERE id = :?id AND password_hash = :?password_hash
