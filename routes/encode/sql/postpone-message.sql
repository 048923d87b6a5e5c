-- The longer it has not worked, the longer until the next try: a second at first, five at most.
update outbox
set publish_after = now() + least(interval '1 second' + (now() - created_at) / 4, interval '5 seconds')
where id = :?message_id
