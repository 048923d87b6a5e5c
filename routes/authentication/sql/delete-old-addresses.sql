DELETE FROM known_addresses
WHERE last_login_at < :?known_since
