ALTER TABLE users
    ADD COLUMN role text NOT NULL DEFAULT 'user' CONSTRAINT users_role_is_known CHECK (role IN ('user', 'admin')),
    -- Grows by one with each change of the password; a session that began with another is over.
    ADD COLUMN credential_version integer NOT NULL DEFAULT 1;
