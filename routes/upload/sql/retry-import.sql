-- Tries count for as long as they bring nothing more; each waits twice as long, or as long as the server says. The last has failed.
update imports
set tries         = case when resumable.received > imports.received then 1 else imports.tries + 1 end,
    received      = resumable.received,
    claimed_until = null,
    code          = :?code,
    reason        = :?reason,
    status        = cast(:?${header.status} as integer),
    next_at       = now() + greatest(
        least(interval '1 second' * power(2, least(imports.tries, 10)), interval '5 minutes'),
        interval '1 second' * cast(:?${header.retryAfter} as integer)
    ),
    ended_at      = case
        when resumable.received <= imports.received
             and imports.tries + 1 >= cast(:?${properties:upload.import-tries} as integer)
        then now()
    end
from resumable_uploads as resumable
where resumable.video_id = imports.video_id
  and imports.video_id = :?videoId
  and imports.ended_at is null
returning imports.ended_at is not null as ended
