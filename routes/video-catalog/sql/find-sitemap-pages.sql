-- Which pages of the sitemap have videos. A page is a range of ids, so a video stays on its own.
SELECT page
FROM generate_series(
    CAST(1 AS bigint), (SELECT max(id) FROM listed_videos WHERE state = 'ready') / CAST(:?size AS bigint) + 1) AS page
WHERE EXISTS (
    SELECT FROM listed_videos
    WHERE state = 'ready'
        AND id >= (page - 1) * CAST(:?size AS bigint)
        AND id < page * CAST(:?size AS bigint)
)
ORDER BY page
-- More than that no index of sitemaps may have.
LIMIT 50000
