update resumable_uploads
set store_upload = :?${body.storeUpload}
where video_id = :?videoId
  and lease = cast(:?lease as uuid)
