-- Not while a letter about the video is open: its replay would bring the video back.
DELETE FROM videos
WHERE deleted_at < now() - CAST(:?${variable.keepClosed} AS interval)
    AND NOT EXISTS (SELECT FROM dead_letters WHERE video_id = videos.original_id AND closed_at IS NULL)
    AND NOT EXISTS (
        SELECT
        FROM outbox
        JOIN dead_letters ON dead_letters.id = outbox.dead_letter_id
        WHERE dead_letters.video_id = videos.original_id
    )
