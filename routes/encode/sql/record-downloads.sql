-- With the event of the last success, which says of them, all or nothing; not when the video has been deleted or encoded again
-- meanwhile, or somebody else makes them by now.
with done as (
    update downloads
    set worker     = null,
        tries      = 0,
        make_after = null
    from jobs
    where downloads.video_id = :?video_id
      and downloads.worker = :?${bean:runningJobs.worker}
      and jobs.video_id = downloads.video_id
      and cast(coalesce(result ->> 'attempt', cast(attempt as text)) as integer) = cast(:?attempt as integer)
      and state <> 'deleted'
    returning downloads.video_id
), job as (
    update jobs
    set result = jsonb_set(result, '{downloads}', cast(:?downloads as jsonb))
    from done
    where jobs.video_id = done.video_id
    returning result
)
insert into outbox (exchange, routing_key, body, headers)
select :?exchange,
       :?event_key,
       convert_to(cast(jsonb_build_object('key', cast(:?event_key as text), 'data', result) as text), 'UTF8'),
       cast(:?event_headers as jsonb)
from job
