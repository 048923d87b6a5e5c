-- Not for what its server did: this is no try of it.
update imports
set claimed_until = null,
    next_at       = now() + interval '15 seconds'
where video_id = :?videoId
  and ended_at is null
