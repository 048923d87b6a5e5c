-- What was refused for good takes its upload along; what was accepted meanwhile stays.
with reported as (
    insert into source_files as files (source, address, etag, user_id, title, size, refused, code, reason, ended_at)
    values (cast(:?source as text), cast(:?address as text), cast(:?sourceEtag as text), cast(:?userId as integer),
            cast(:?${header.title} as text), cast(:?size as bigint), cast(:?refused as boolean), cast(:?code as text),
            cast(:?reason as text), case when cast(:?refused as boolean) then now() end)
    on conflict (source, md5(address), etag) do update
    set refused  = excluded.refused,
        code     = excluded.code,
        reason   = excluded.reason,
        ended_at = excluded.ended_at
    where files.ended_at is null
    returning files.video_id, files.refused
)
delete from uploads
using reported
where uploads.video_id = reported.video_id
  and reported.refused
  and uploads.published_at is null
returning uploads.video_id
