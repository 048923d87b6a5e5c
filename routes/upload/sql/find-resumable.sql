select uploads.video_id, uploads.published_at is not null as accepted, resumable.length, resumable.received,
       resumable.metadata, resumable.expires_at, resumable.expires_at <= now() as expired
from resumable_uploads as resumable
join uploads on uploads.video_id = resumable.video_id
where resumable.video_id = :?videoId
  and uploads.user_id = :?userId
