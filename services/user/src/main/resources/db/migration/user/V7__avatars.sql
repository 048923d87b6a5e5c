-- The picture that a user is shown by, as it was made anew; users.image says where it is served, by the name of what is in it.
CREATE TABLE avatars (
    user_id integer PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
    name    text    NOT NULL,
    picture bytea   NOT NULL
);

CREATE INDEX avatars_by_name ON avatars (name);
