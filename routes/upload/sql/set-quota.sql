insert into quotas (user_id, max_bytes, max_videos, max_uploads)
values (:?userId, :?${header.maxBytes}, :?${header.maxVideos}, :?${header.maxUploads})
on conflict (user_id) do update
set max_bytes   = excluded.max_bytes,
    max_videos  = excluded.max_videos,
    max_uploads = excluded.max_uploads
