SELECT disabled_at IS NULL AS enabled
FROM webhooks
WHERE id = :?webhook_id
    AND user_id = :?caller
