SELECT CAST(count(*) AS integer)
FROM shown_dead_letters
WHERE state = CAST(:?state AS text)
    AND (CAST(:?video_id AS text) = '' OR video_id = CAST(:?video_id AS text))
    AND (CAST(:?route AS text) = '' OR CAST(:?route AS text) = ANY (string_to_array(route_trail, ',')))
