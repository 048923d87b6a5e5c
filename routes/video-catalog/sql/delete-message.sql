DELETE FROM outbox
WHERE id = :?message_id
