-- Tries count for as long as they bring nothing more to speak of; each waits twice as long, or as long as the server says. The last
-- has failed, together with its upload.
with tried as (
    update imports
    set tries         = case when resumable.received >= imports.received + 65536 then 1 else imports.tries + 1 end,
        received      = greatest(imports.received, resumable.received),
        claim         = null,
        claimed_until = null,
        code          = :?code,
        reason        = :?reason,
        status        = cast(:?${header.status} as integer),
        next_at       = now() + greatest(
            least(interval '1 second' * power(2, least(imports.tries, 10)), interval '5 minutes'),
            interval '1 second' * cast(:?${header.retryAfter} as integer)
        ),
        ended_at      = case
            when resumable.received < imports.received + 65536
                 and imports.tries + 1 >= cast(:?${properties:upload.import-tries} as integer)
            then now()
        end
    from resumable_uploads as resumable
    where resumable.video_id = imports.video_id
      and imports.claim = :?claim
    returning imports.video_id, imports.ended_at
)
delete from uploads
using tried
where uploads.video_id = tried.video_id
  and tried.ended_at is not null
  and uploads.published_at is null
returning uploads.video_id
