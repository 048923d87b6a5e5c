-- The request of the client that had it accepted, and the trace of that: what comes of it later belongs to both.
alter table uploads
    add column request_id  text,
    add column traceparent text;
