ALTER TABLE users
    -- Since when the user has no sessions and can begin none.
    ADD COLUMN blocked_at timestamptz;
