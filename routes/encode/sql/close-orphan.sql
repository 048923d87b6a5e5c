-- Forgets a folder that was found empty, once nobody can store to it any more.
with closed as (
    delete from orphans
    where prefix = :?prefix
      and keep_until <= now()
    returning video_id, number
)
update attempts
set swept_at = now()
from closed
where attempts.video_id = closed.video_id
  and attempts.number = coalesce(closed.number, attempts.number)
