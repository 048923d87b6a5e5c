-- A deletion is complete when a round found nothing any more, and began when no call of the user could be under way any more.
UPDATE deletions
SET uploads_ended = uploads_ended + :?ended,
    videos_deleted = videos_deleted + :?deleted,
    completed_at = CASE
        WHEN CAST(:?ended AS integer) + :?deleted + :?kept + :?remaining = 0
            AND requested_at < now() - CAST(:?${properties:user.deletion.settled-after} AS interval)
        THEN now()
    END
WHERE id = :?deletion
    AND completed_at IS NULL
