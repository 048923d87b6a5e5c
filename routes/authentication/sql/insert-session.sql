-- A session with its first refresh token; its address is one of the account's own from now on.
WITH begun AS (
    INSERT INTO sessions (id, user_id, credential_version, client_address, client_agent, token_expires_at, expires_at)
    VALUES (
        CAST(:?session_id AS uuid), :?user_id, :?credential_version, nullif(:?client_address, ''),
        nullif(:?client_agent, ''), :?token_expires_at, :?session_expires_at)
    RETURNING id
), known AS (
    INSERT INTO known_addresses (account, address)
    SELECT decode(:?account, 'hex'), CAST(:?address AS text)
    WHERE CAST(:?address AS text) <> ''
    ON CONFLICT (account, address) DO UPDATE SET last_login_at = now()
)
INSERT INTO refresh_tokens (hash, session_id, expires_at)
SELECT decode(:?refresh_hash, 'hex'), id, :?refresh_expires_at
FROM begun
