-- Of webhooks that were deleted. Those under way count for what their owner may have under way.
DELETE FROM deliveries
WHERE NOT EXISTS (SELECT FROM webhooks WHERE webhooks.id = deliveries.webhook_id)
    AND (claim IS NULL OR not_before < now())
