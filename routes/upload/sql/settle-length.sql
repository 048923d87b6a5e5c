-- It has ended: what came is all of it.
with known as (
    update imports
    set length_known = true
    where video_id = :?videoId
)
update resumable_uploads
set length = received
where video_id = :?videoId
  and received > 0
returning received
