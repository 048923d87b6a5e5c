-- A row for every account that was deleted, made in the statement that erases it: the order to delete what it owned until that
-- is done, and the receipt of it from then on.
CREATE TABLE deletions (
    id             bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- What nobody can guess, for whoever deleted the account.
    receipt        uuid        NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    -- No other account gets it again. It says nothing of who that was.
    user_id        integer     NOT NULL UNIQUE,
    requested_at   timestamptz NOT NULL DEFAULT now(),
    -- Somebody is at it, or something was left, until then.
    next_round_at  timestamptz NOT NULL DEFAULT now(),
    uploads_ended  integer     NOT NULL DEFAULT 0,
    videos_deleted integer     NOT NULL DEFAULT 0,
    completed_at   timestamptz
);

CREATE INDEX deletions_to_do ON deletions (next_round_at) WHERE completed_at IS NULL;
