-- It has ended: what came is all of it. No row: somebody else is at it by now.
with known as (
    update imports
    set length_known = true
    where claim = :?claim
    returning video_id
)
update resumable_uploads
set length = greatest(received, 1)
from known
where resumable_uploads.video_id = known.video_id
returning received
