update resumable_uploads
set lease       = null,
    lease_until = null
where video_id = :?videoId
  and lease = cast(:?lease as uuid)
