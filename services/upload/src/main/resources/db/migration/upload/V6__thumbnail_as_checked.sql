-- The thumbnail as it was when the upload was accepted, like size and etag of the video. Uploads that were accepted before
-- this have neither.
alter table uploads
    add column thumbnail_size bigint check (thumbnail_size > 0),
    add column thumbnail_etag text;
