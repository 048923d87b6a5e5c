-- Of the objects listed those that are old enough and that no upload is of. A row is there before anyone can store its
-- objects, so that an object without one will never get one. Of an accepted upload no tail is needed.
select listed.key
from unnest(cast(:?keys as text[]), cast(:?ids as uuid[]), cast(:?moments as timestamptz[])) as listed (key, id, moment)
where listed.moment < now() - cast(:?abandonedAfter as interval)
  and listed.moment > (select known.moment from uploads_known_since known)
  and not exists (
      select
      from uploads
      where (video_id = listed.id or thumbnail_id = listed.id)
        and (published_at is null or listed.key not like 'upload-tails/%')
  )
