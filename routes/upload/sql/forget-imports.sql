-- And what sources have shown and show no more, of which nothing came.
with untold as (
    delete from source_files
    where id in (
        select files.id
        from source_files as files
        where files.ended_at is null
          and files.created_at < now() - cast(:?${properties:upload.imports-kept} as interval)
          and not exists (select from uploads where uploads.video_id = files.video_id)
        limit 1000
    )
)
delete from imports
where video_id in (
    select video_id
    from imports
    where ended_at < now() - cast(:?${properties:upload.imports-kept} as interval)
    limit 1000
)
