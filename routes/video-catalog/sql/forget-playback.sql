-- Who watched on a day that is over, once all of it is counted; reports that will not come again; sessions that are over; and
-- all of deleted videos.
WITH uncounted AS (
    SELECT coalesce(min(day), CAST(now() AT TIME ZONE 'UTC' AS date)) AS day
    FROM playback_reports
    WHERE NOT counted
), salts AS (
    DELETE FROM view_salts WHERE day < CAST(now() AT TIME ZONE 'UTC' AS date)
), viewers AS (
    DELETE FROM video_viewers USING uncounted
    WHERE video_viewers.day < least(uncounted.day, CAST(now() AT TIME ZONE 'UTC' AS date))
), deleted AS (
    SELECT id FROM videos WHERE deleted_at IS NOT NULL
), reports AS (
    DELETE FROM playback_reports
    WHERE counted AND received_at < now() - CAST(:?${variable.keepReports} AS interval)
        OR video_id IN (SELECT id FROM deleted)
), days AS (
    DELETE FROM video_days WHERE video_id IN (SELECT id FROM deleted)
), retention AS (
    DELETE FROM video_retention WHERE video_id IN (SELECT id FROM deleted)
), first_frames AS (
    DELETE FROM video_first_frames WHERE video_id IN (SELECT id FROM deleted)
)
DELETE FROM playback_sessions
WHERE seen_at < now() - interval '1 day'
    OR video_id IN (SELECT id FROM deleted)
