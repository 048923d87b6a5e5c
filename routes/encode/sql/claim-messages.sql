-- Of several instances each takes others; one that dies with them leaves them to all after 30 seconds.
update outbox
set publish_after = now() + interval '30 seconds'
where id in (
    select id
    from outbox
    where publish_after <= now()
    order by id
    limit 5
    for update skip locked
)
returning id, exchange, routing_key, body, cast(headers as text) as headers
