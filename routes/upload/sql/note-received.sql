-- What is stored counts from here on; of one who has lost the lease nothing does.
with noted as (
    update resumable_uploads
    set received    = cast(:?${header.received} as bigint),
        tail        = cast(:?${header.tail} as text),
        tail_size   = cast(:?${header.tailSize} as integer),
        expires_at  = now() + cast(:?${properties:upload.abandoned-after} as interval),
        lease_until = now() + cast(:?${properties:upload.lease} as interval)
    where video_id = :?videoId
      and lease = cast(:?lease as uuid)
    returning video_id, expires_at
), parts as (
    insert into upload_parts (video_id, number, etag)
    select noted.video_id, part.number, part.etag
    from noted, unnest(cast(:?partNumbers as integer[]), cast(:?partEtags as text[])) as part (number, etag)
    on conflict (video_id, number) do update
    set etag = excluded.etag
)
select expires_at
from noted
