-- As all emails are read now: without controls of direction, which come with what is pasted. Of several that become the same
-- by it one can be found, as it was before.
UPDATE users
SET email = regexp_replace(email, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g'),
    email_key = regexp_replace(email_key, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g')
WHERE id IN (
    SELECT DISTINCT ON (bare) id
    FROM (
        SELECT id, regexp_replace(email_key, '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]', '', 'g') AS bare
        FROM users
        WHERE email_key ~ '[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]'
    ) AS marked
    WHERE bare NOT IN (SELECT email_key FROM users)
    ORDER BY bare, id
);
