-- One that nobody holds, or whose holder has not been heard of for too long.
update resumable_uploads as resumable
set lease       = cast(:?lease as uuid),
    lease_until = now() + cast(:?${properties:upload.lease} as interval)
from uploads
where uploads.video_id = resumable.video_id
  and resumable.video_id = :?videoId
  and uploads.user_id = :?userId
  and uploads.published_at is null
  and resumable.expires_at > now()
  and (resumable.lease_until is null or resumable.lease_until < now())
returning resumable.video_id, uploads.thumbnail_id, resumable.length, resumable.part_size, resumable.received,
    resumable.store_upload, resumable.tail, resumable.tail_size, resumable.title, resumable.description,
    resumable.visibility, resumable.expires_at
