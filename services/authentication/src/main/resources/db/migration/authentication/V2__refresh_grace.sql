ALTER TABLE refresh_tokens
    -- Makes the successor out of the token, which is kept nowhere: neither of the two alone tells it. Null when the token
    -- has been used for longer than its successor may be given again.
    ADD COLUMN salt      uuid DEFAULT gen_random_uuid(),
    -- Hash of the token that took the place of a used one.
    ADD COLUMN successor bytea;

CREATE INDEX refresh_tokens_with_salt ON refresh_tokens (used_at) WHERE used_at IS NOT NULL AND salt IS NOT NULL;
