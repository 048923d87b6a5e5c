-- Forgets a folder that was found empty, or has it looked at once more when nobody can store to it any longer.
with closed as (
    delete from orphans
    where prefix = :?prefix
      and keep_until <= now()
    returning video_id, number
), kept as (
    update orphans
    set sweep_after = keep_until
    where prefix = :?prefix
      and keep_until > now()
)
update attempts
set swept_at = now()
from closed
where attempts.video_id = closed.video_id
  and attempts.number = coalesce(closed.number, attempts.number)
