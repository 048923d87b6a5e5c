select video_id, thumbnail_id, user_id, title, description, visibility, published_at is not null as accepted
from uploads
where video_id = :?videoId
