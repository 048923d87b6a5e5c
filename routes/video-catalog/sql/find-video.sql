SELECT shown_videos.id, original_id, user_id, title, description, published_at, state, progress, failure, thumbnail,
    CAST(thumbnails AS text) AS thumbnails,
    width, height, duration, duration_ms, path, hls, CAST(renditions AS text) AS renditions,
    CAST(warnings AS text) AS warnings,
    visibility, publish_at, CAST(to_jsonb(tags) AS text) AS tags, language, licence,
    CAST(to_jsonb(embed_origins) AS text) AS embed_origins, revision, trashed_at,
    downloads, CAST(download_files AS text) AS download_files,
    playable_until_ms, CAST(playable AS text) AS playable,
    CAST(captions AS text) AS captions, CAST(chapters AS text) AS chapters,
    encoded.storyboard, encoded.audio_tracks
FROM shown_videos
LEFT JOIN captions_of_videos ON video_id = shown_videos.id
CROSS JOIN LATERAL (
    SELECT storyboard, CAST(audio_tracks AS text) AS audio_tracks
    FROM videos
    WHERE videos.id = shown_videos.id
) AS encoded
WHERE shown_videos.id = :?id
    AND may_see(shown_videos, :?caller, :?admin, CAST(:?link AS bytea))
