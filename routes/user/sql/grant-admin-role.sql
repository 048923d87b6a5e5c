UPDATE users
SET role = 'admin'
WHERE email_key = :?email_key
RETURNING id
