-- Null when it is not to be sent any more, or not there: its video or its webhook was deleted or changed since it was claimed, or the
-- lease has ended and another has it.
UPDATE deliveries
SET not_before = now() + CAST(:?${properties:video-catalog.delivery-lease} AS interval)
FROM webhooks
WHERE deliveries.claim = :?claim
    AND deliveries.not_before > now()
    AND webhooks.id = deliveries.webhook_id
    AND webhooks.url = :?url
    AND webhooks.disabled_at IS NULL
RETURNING deliveries.id
