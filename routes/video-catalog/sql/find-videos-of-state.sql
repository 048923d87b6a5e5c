SELECT id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings
FROM shown_videos
WHERE state = CAST(:?state AS video_state)
    AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
    -- One word narrows by the index of parts of words, which the condition on all of them can't use.
    AND (CAST(:?longest_word AS text) = '%' OR (
        search_text LIKE search_form(CAST(:?longest_word AS text))
        AND search_text LIKE ALL (string_to_array(search_form(CAST(:?words AS text)), ' '))
    ))
ORDER BY published_at DESC, id DESC
LIMIT :?size OFFSET :?offset
