-- An upload that this user has sent before under this key and that was accepted; he may not have heard so.
select video_id, title, description, visibility, size
from uploads
where user_id = :?userId
  and request_key = :?requestKey
  and published_at is not null
