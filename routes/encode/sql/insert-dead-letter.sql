insert into outbox (exchange, routing_key, body, headers)
values ('default', :?queue, :?body, cast(:?headers as jsonb))
