DELETE FROM outbox
WHERE id = :?${variable.publicationId}
