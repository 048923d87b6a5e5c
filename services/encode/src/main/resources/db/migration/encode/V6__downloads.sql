-- Whether an encoded video is there as files to download, too, as its owner said last. A row may be there before its job is.
create table downloads (
    video_id   text primary key,
    revision   integer     not null,  -- of the video, so that of two messages the later counts
    wanted     boolean     not null,
    title      text        not null,  -- what the files are called
    worker     text,                  -- who makes them
    tries      integer     not null default 0,
    make_after timestamptz            -- whoever has time may make them from then on; null when there is nothing to do
);

create index downloads_to_make on downloads (make_after) where make_after is not null;
