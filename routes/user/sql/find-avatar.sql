SELECT replace(encode(picture, 'base64'), E'\n', '') AS picture
FROM avatars
WHERE name = :?name
LIMIT 1
