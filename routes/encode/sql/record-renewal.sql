-- With its event, all or nothing; not when the video has been deleted or encoded again meanwhile.
with job as (
    update jobs
    set result = cast(:?result as jsonb)
    where video_id = :?video_id
      and result = cast(:?before as jsonb)
      and state <> 'deleted'
    returning video_id
)
insert into outbox (exchange, routing_key, body, headers)
select :?exchange, :?event_key, :?event, cast(:?event_headers as jsonb)
from job
