-- Whether it is begun: one whose upload has expired or was ended is begun anew, and one that is somebody else's by now.
select files.id, files.source, files.address, files.video_id, files.user_id, files.title, files.size, files.refused, files.code,
       files.reason, files.created_at, files.ended_at, resumable.received,
       files.ended_at is not null
           or files.user_id = :?userId
              and coalesce(uploads.published_at is not null or resumable.expires_at > now(), false) as begun
from source_files as files
left join uploads on uploads.video_id = files.video_id
left join resumable_uploads as resumable on resumable.video_id = files.video_id
where files.source = :?source
  and md5(files.address) = md5(cast(:?address as text))
  and files.etag = :?sourceEtag
