ALTER TABLE sessions
    -- What it was last used with, in short, if that is known; client_address is from now on where it was last used.
    ADD COLUMN client_agent text;
