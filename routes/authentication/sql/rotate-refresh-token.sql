-- Uses a refresh token up for its successor. Of two who try at once the later one waits for the earlier one's row, and
-- then finds it used; whoever ends the session meanwhile has ended it for the successor too.
WITH used AS (
    UPDATE refresh_tokens
    SET used_at = now()
    WHERE hash = decode(:?refresh_hash, 'hex') AND used_at IS NULL AND expires_at > now()
    RETURNING session_id
), renewed AS (
    UPDATE sessions
    SET last_used_at = now(), token_expires_at = greatest(token_expires_at, :?token_expires_at)
    FROM used
    WHERE id = used.session_id AND revoked_at IS NULL AND expires_at > now()
    RETURNING id
), successor AS (
    INSERT INTO refresh_tokens (hash, session_id, expires_at)
    SELECT decode(:?new_refresh_hash, 'hex'), id, :?refresh_expires_at
    FROM renewed
)
SELECT id FROM renewed
