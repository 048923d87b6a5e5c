ALTER TABLE videos
    -- Of a tombstone: when the deletion was told for the second time.
    ADD COLUMN told_again_at timestamptz;
