-- Keeps the captions of one language. The video is locked, so that it is not deleted meanwhile.
WITH video AS MATERIALIZED (
    SELECT id
    FROM shown_videos
    WHERE id = :?id
        AND (user_id = :?caller OR :?admin)
    FOR NO KEY UPDATE
)
INSERT INTO video_captions (video_id, language, label, content, cues, words, default_since)
SELECT id, :?language, coalesce(CAST(:?label AS text), :?usual_label), :?content, :?cues, :?words,
    CASE WHEN CAST(:?is_default AS boolean) THEN clock_timestamp() END
FROM video
WHERE (
    -- As many languages, and so much text, as no video has by chance.
    SELECT count(*) < 50 AND coalesce(sum(octet_length(content)), 0) + octet_length(:?content) <= 20000000
    FROM video_captions
    WHERE video_id = :?id AND language <> :?language
)
ON CONFLICT (video_id, language) DO UPDATE
SET label = coalesce(CAST(:?label AS text), video_captions.label),
    content = excluded.content,
    cues = excluded.cues,
    words = excluded.words,
    default_since = CASE
        WHEN CAST(:?is_default AS boolean) IS NULL THEN video_captions.default_since
        ELSE excluded.default_since
    END,
    updated_at = now()
RETURNING video_id
