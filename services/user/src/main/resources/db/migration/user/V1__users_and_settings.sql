CREATE TABLE users (
    id            integer     GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name          text        NOT NULL,
    -- As it was typed.
    email         text        NOT NULL,
    -- What makes two spellings the same.
    email_key     text        NOT NULL CONSTRAINT users_email_is_unique UNIQUE,
    password_hash text        NOT NULL,
    image         text,
    created_at    timestamptz NOT NULL DEFAULT now(),
    -- Null until the profile or the password is changed.
    updated_at    timestamptz
);

-- A row for every user, made together with it; the defaults are what a new user gets.
CREATE TABLE settings (
    user_id                  integer PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    language                 text    NOT NULL DEFAULT 'en',
    autoplay                 boolean NOT NULL DEFAULT true,
    -- Lines of a picture; 0 for no limit.
    preferred_max_resolution integer NOT NULL DEFAULT 0,
    email_notices            boolean NOT NULL DEFAULT true
);
