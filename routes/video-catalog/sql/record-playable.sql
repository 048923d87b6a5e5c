-- How far a video can be played, unless that is known to be further: events come twice and in any order. Another attempt begins
-- anew; what the one before it made is played until there is as much of it. Returned are the seconds from the acceptance to the
-- moment at which it can be played for the first time.
WITH before AS (
    SELECT playable_until_ms
    FROM videos
    WHERE original_id = :?original_id
), told AS (
    UPDATE videos
    SET playable_attempt  = CAST(:?attempt AS integer),
        playable_until_ms = CAST(:?playable_until_ms AS bigint),
        playable          = CAST(:?playable AS jsonb)
    WHERE original_id = :?original_id
        AND deleted_at IS NULL
        AND state = 'encoding'
        AND attempt = CAST(:?attempt AS integer)
        AND (playable_until_ms IS NULL
            OR playable_attempt = attempt AND NOT CAST(playable ->> 'whole' AS boolean)
                AND (playable_until_ms < CAST(:?playable_until_ms AS bigint) OR CAST(CAST(:?playable AS jsonb) ->> 'whole' AS boolean))
            OR playable_attempt < attempt AND playable_until_ms <= CAST(:?playable_until_ms AS bigint))
    RETURNING id, published_at
), kept AS (
    INSERT INTO growing_manifests (video_id, file, content)
    SELECT told.id, manifest.key, manifest.value
    FROM told, jsonb_each_text(CAST(:?manifests AS jsonb)) AS manifest
    ON CONFLICT (video_id, file) DO UPDATE SET content = excluded.content
)
SELECT CASE WHEN before.playable_until_ms IS NULL THEN extract(epoch FROM now() - published_at) END AS playable_after
FROM told, before
