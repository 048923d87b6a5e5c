SELECT id, name, email, image, created_at, role, blocked_at
FROM users
WHERE id < :?after
    AND (CAST(:?state AS text) = '' OR (blocked_at IS NOT NULL) = (CAST(:?state AS text) = 'blocked'))
    AND (CAST(:?search AS text) = ''
        OR strpos(lower(name), lower(CAST(:?search AS text))) > 0
        OR strpos(email_key, lower(CAST(:?search AS text))) > 0)
ORDER BY id DESC
LIMIT :?size + 1
