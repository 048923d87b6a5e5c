select imports.video_id, imports.url, imports.length_known, imports.code, imports.reason, imports.status,
       imports.title, imports.created_at, imports.ended_at, resumable.received, resumable.length
from imports
left join resumable_uploads as resumable on resumable.video_id = imports.video_id
where imports.user_id = :?userId
  and (imports.created_at, imports.video_id) < (cast(:?after as timestamptz), cast(:?after_id as uuid))
order by imports.created_at desc, imports.video_id desc
limit :?size + 1
