select files.id, files.source, files.address, files.video_id, files.user_id, files.title, files.size, files.refused, files.code,
       files.reason, files.created_at, files.ended_at, resumable.received
from source_files as files
left join resumable_uploads as resumable on resumable.video_id = files.video_id
where (files.created_at, files.id) < (cast(:?after as timestamptz), cast(:?after_id as uuid))
  and (cast(:?state as text) = ''
       or cast(:?state as text) = case when files.ended_at is null then 'importing' when files.refused then 'refused' else 'uploaded' end)
order by files.created_at desc, files.id desc
limit :?size + 1
