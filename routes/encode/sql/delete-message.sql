delete from outbox
where id = :?message_id
