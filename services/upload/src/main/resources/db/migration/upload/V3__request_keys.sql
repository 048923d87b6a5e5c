-- By which its sender names a direct upload, to send it again when he did not hear the answer.
alter table uploads
    add column request_key text,
    add unique (user_id, request_key);
