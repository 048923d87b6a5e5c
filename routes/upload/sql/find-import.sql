select imports.video_id, imports.url, imports.length_known, imports.code, imports.reason, imports.status,
       imports.title, imports.created_at, imports.ended_at, resumable.received, resumable.length
from imports
left join resumable_uploads as resumable on resumable.video_id = imports.video_id
where imports.video_id = :?videoId
  and imports.user_id = :?userId
