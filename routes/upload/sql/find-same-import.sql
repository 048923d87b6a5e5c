-- An import of this user from this URL that is under way.
select video_id
from imports
where user_id = :?userId
  and md5(url) = md5(cast(:?${header.url} as text))
  and ended_at is null
