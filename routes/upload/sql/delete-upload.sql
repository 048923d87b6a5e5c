delete from uploads
where video_id = :?video_id
  and published_at is null
