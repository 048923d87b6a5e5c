-- The picture is made from then on by whoever looks for such work, unless the video is still to be encoded.
update jobs
set picture_number = picture_number + 1,
    picture        = cast(:?picture as bytea),
    picture_second = cast(:?picture_second as double precision),
    renew_after    = now(),
    updated_at     = now()
where video_id = :?video_id
  and state <> 'deleted'
