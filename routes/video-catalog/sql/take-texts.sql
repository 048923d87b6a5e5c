WITH video AS (
    UPDATE videos
    SET file_taken = true,
        chapters = CASE WHEN chapters = '[]' THEN CAST(:?chapters AS jsonb) ELSE chapters END
    WHERE original_id = :?original_id
        AND deleted_at IS NULL
        AND NOT file_taken
    RETURNING id
)
INSERT INTO video_captions (video_id, language, label, content, cues, words, default_since)
SELECT video.id, taken.language, taken.label, taken.content, taken.cues, taken.words,
    CASE WHEN taken."default" THEN now() END
FROM video, jsonb_to_recordset(CAST(:?captions AS jsonb)) AS taken (
    language text, label text, "default" boolean, content text, cues integer, words text)
ON CONFLICT DO NOTHING
RETURNING language
