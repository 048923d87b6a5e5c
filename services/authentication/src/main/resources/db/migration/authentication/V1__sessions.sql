-- From a login to its end.
CREATE TABLE sessions (
    id                 uuid        PRIMARY KEY,
    user_id            integer     NOT NULL,
    -- Of the password that the session began with.
    credential_version integer     NOT NULL,
    -- Where it began, if that is known.
    client_address     text,
    created_at         timestamptz NOT NULL DEFAULT now(),
    last_used_at       timestamptz NOT NULL DEFAULT now(),
    -- Of the youngest access token.
    token_expires_at   timestamptz NOT NULL,
    expires_at         timestamptz NOT NULL,
    revoked_at         timestamptz,
    -- logout, logout-everywhere or reuse.
    revoke_reason      text,
    CHECK ((revoked_at IS NULL) = (revoke_reason IS NULL))
);

CREATE INDEX sessions_of_a_user ON sessions (user_id) WHERE revoked_at IS NULL;
CREATE INDEX sessions_by_expiry ON sessions (token_expires_at);

-- All that a session had; a used one stays, so that its second use is noticed.
CREATE TABLE refresh_tokens (
    -- SHA-256; the token itself is kept nowhere.
    hash       bytea       PRIMARY KEY,
    session_id uuid        NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    issued_at  timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at    timestamptz
);

CREATE INDEX refresh_tokens_of_a_session ON refresh_tokens (session_id);

-- What Redis has to hold. This is the truth, Redis is the quick copy.
CREATE TABLE revocations (
    -- Id of an access token or of a session.
    key         text        PRIMARY KEY,
    -- Nothing that it revokes is valid any more from then on.
    until       timestamptz NOT NULL,
    mirrored_at timestamptz
);

CREATE INDEX revocations_to_mirror ON revocations (key) WHERE mirrored_at IS NULL;
CREATE INDEX revocations_by_expiry ON revocations (until);

-- Where an account has logged in: attempts of strangers elsewhere do not count there.
CREATE TABLE known_addresses (
    -- SHA-256 of the account's email.
    account       bytea       NOT NULL,
    address       text        NOT NULL,
    last_login_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account, address)
);

CREATE INDEX known_addresses_by_age ON known_addresses (last_login_at);
