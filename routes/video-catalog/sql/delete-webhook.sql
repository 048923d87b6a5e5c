DELETE FROM webhooks
WHERE id = :?webhook_id
    AND user_id = :?caller
RETURNING id
