SELECT CAST(count(*) AS integer)
FROM shown_videos
WHERE state = 'ready'
    AND (CAST(:?owner AS integer) = 0 OR user_id = CAST(:?owner AS integer))
    -- One word narrows by the index of parts of words, which the condition on all of them can't use.
    AND (CAST(:?longest_word AS text) = '%' OR (
        search_text LIKE search_form(CAST(:?longest_word AS text))
        AND search_text LIKE ALL (string_to_array(search_form(CAST(:?words AS text)), ' '))
    ))
