-- The longer it has not worked, the longer until the next try: a second at first, five at most.
update uploads
set announce_after = now() + least(interval '1 second' + (now() - published_at) / 4, interval '5 seconds')
where video_id = :?message_id
  and announced_at is null
