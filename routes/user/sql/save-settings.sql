UPDATE settings
SET language = :?language,
    autoplay = :?autoplay,
    preferred_max_resolution = :?preferred_max_resolution,
    email_notices = :?email_notices
WHERE user_id = :?user_id
RETURNING language, autoplay, preferred_max_resolution, email_notices
