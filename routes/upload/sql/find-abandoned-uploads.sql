-- A day is longer than any URL works and any upload takes.
select video_id, thumbnail_id
from uploads
where published_at is null
  and created_at < now() - interval '1 day'
order by created_at
limit 100
