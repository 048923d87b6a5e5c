SELECT id, title, left(description, 2048) AS description, published_at, duration, CAST(to_jsonb(tags) AS text) AS tags,
    embed_origins = '{}' AS embeddable
FROM listed_videos
WHERE state = 'ready'
    AND id >= (CAST(:?page AS bigint) - 1) * CAST(:?size AS bigint)
    AND id < CAST(:?page AS bigint) * CAST(:?size AS bigint)
ORDER BY id
