-- An announcement is taken when the encoder, asked for the video, knows it. What was announced before this counts as taken.
alter table uploads
    add column taken_at timestamptz;

update uploads
set taken_at = announced_at;

create index uploads_to_ask_for on uploads (announce_after) where announced_at is not null and taken_at is null;
