SELECT language, autoplay, preferred_max_resolution, email_notices
FROM settings
WHERE user_id = :?user_id
