SELECT address
FROM known_addresses
WHERE account = decode(:?account, 'hex')
  AND address = :?address
  AND last_login_at > :?known_since
