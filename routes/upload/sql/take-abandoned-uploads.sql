-- The row goes first: a webhook that comes later finds nothing to accept, and one that came earlier has made it no longer
-- abandoned. A resumable upload is abandoned when it has expired, an
-- import never before it has ended. Of several instances each takes others. Objects that stay
-- when an instance dies here have no row, which upload-sweep-objects looks for.
delete from uploads
where video_id in (
    select video_id
    from uploads
    where published_at is null
      and created_at < now() - cast(:?abandonedAfter as interval)
      and not exists (
          select
          from resumable_uploads
          where resumable_uploads.video_id = uploads.video_id
            and resumable_uploads.expires_at > now()
      )
      and not exists (
          select
          from imports
          where imports.video_id = uploads.video_id
            and imports.ended_at is null
      )
    order by created_at
    limit 100
    for update skip locked
)
returning video_id, thumbnail_id
