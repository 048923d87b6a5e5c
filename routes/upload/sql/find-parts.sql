select number, etag
from upload_parts
where video_id = :?videoId
order by number
