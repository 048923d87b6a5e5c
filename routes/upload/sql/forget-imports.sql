delete from imports
where video_id in (
    select video_id
    from imports
    where ended_at < now() - cast(:?${properties:upload.imports-kept} as interval)
    limit 1000
)
