-- Not for what its server did: this is no try of it.
update imports
set claim         = null,
    claimed_until = null,
    next_at       = now() + interval '15 seconds'
where claim = :?claim
