-- As many as this instance has places, of each user so many at a time: the first of one comes before the second of another.
-- Of several instances each takes others; one that dies with them leaves them to all when its leases end, and what it had accepted
-- before is over.
with accepted as (
    update imports
    set ended_at      = now(),
        claim         = null,
        claimed_until = null,
        code          = null,
        reason        = null,
        status        = null
    from uploads
    where uploads.video_id = imports.video_id
      and uploads.published_at is not null
      and imports.ended_at is null
), busy as (
    select imports.user_id, count(*) as imports
    from imports
    where imports.ended_at is null
      and imports.claimed_until > now()
    group by imports.user_id
), placed as (
    select imports.video_id, imports.next_at,
           coalesce(busy.imports, 0) + row_number() over (partition by imports.user_id order by imports.next_at) as place
    from imports
    left join resumable_uploads as resumable on resumable.video_id = imports.video_id
    left join busy on busy.user_id = imports.user_id
    where imports.ended_at is null
      and imports.next_at <= now()
      and (imports.claimed_until is null or imports.claimed_until <= now())
      and (resumable.lease_until is null or resumable.lease_until <= now())
      and not exists (
          select
          from uploads
          where uploads.video_id = imports.video_id
            and uploads.published_at is not null
      )
), picked as (
    select imports.video_id
    from imports
    join placed on placed.video_id = imports.video_id
    where placed.place <= cast(:?${properties:upload.imports-at-once-per-user} as integer)
      and imports.ended_at is null
      and (imports.claimed_until is null or imports.claimed_until <= now())
    order by placed.place, placed.next_at
    limit cast(:?${bean:runningImports.free} as integer)
    for update of imports skip locked
), claimed as (
    update imports
    set claim         = gen_random_uuid(),
        claimed_until = now() + cast(:?${properties:upload.lease} as interval)
    from picked
    where imports.video_id = picked.video_id
    returning imports.claim, imports.video_id, imports.user_id, imports.url, imports.validator, imports.length_known, imports.request_id,
        imports.traceparent
)
select claimed.claim, claimed.video_id, claimed.user_id, claimed.url, claimed.validator, claimed.length_known, claimed.request_id,
       claimed.traceparent, coalesce(resumable.received, 0) as received, coalesce(resumable.length, 0) as length
from claimed
left join resumable_uploads as resumable on resumable.video_id = claimed.video_id
