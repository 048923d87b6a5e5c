-- An upload leaves the outbox when it is announced. Some time after that the encoder is asked for it: twice as late each
-- time, a day at most.
update uploads
set announced_at   = now(),
    announce_after = now() + least(
        greatest(cast(:?${properties:upload.ask-after} as interval), now() - published_at),
        interval '1 day'
    )
where video_id = :?message_id
