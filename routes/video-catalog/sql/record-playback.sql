-- What players report of videos that the caller may see, each report once; nothing of others. Returned is what was new, with
-- what of it is not kept. A report is of some seconds: more than five minutes at once nobody has watched.
WITH sent AS (
    SELECT DISTINCT ON (video_id, session, number) *
    FROM jsonb_to_recordset(CAST(:?reports AS jsonb)) AS report (
        video_id integer, session text, number integer, played jsonb, first_frame_ms integer, stalled boolean, error text,
        height integer, edge text
    )
    ORDER BY video_id, session, number
), kept AS (
    INSERT INTO playback_reports
        (video_id, session, number, day, viewer, watched_ms, reached, first_frame_ms, stalled, failed)
    SELECT video.id, session, number, today.day, sha256(today.salt || convert_to(:?viewer, 'UTF8')),
        least(part.watched_ms, 300000), part.reached, first_frame_ms, stalled, error IS NOT NULL
    FROM salt_of_today() AS today, sent
    JOIN shown_videos AS video ON video.id = sent.video_id,
    LATERAL (
        SELECT coalesce(sum(to_ms - from_ms), 0) AS watched_ms,
            coalesce(range_agg(hundredths(from_ms, to_ms, video.duration_ms)), '{}') AS reached
        FROM (
            SELECT greatest("from", 0) AS from_ms, least("to", video.duration_ms) AS to_ms
            FROM jsonb_to_recordset(played) AS stretch ("from" bigint, "to" bigint)
        ) AS within
        WHERE to_ms > from_ms
    ) AS part
    WHERE may_see(video, :?caller, :?admin, CAST(:?link AS bytea))
        AND video.state = 'ready'
        AND video.duration_ms > 0
    ON CONFLICT DO NOTHING
    RETURNING video_id, session, number, watched_ms
)
SELECT video_id, kept.watched_ms, first_frame_ms, stalled, error, height, edge
FROM kept
JOIN sent USING (video_id, session, number)
