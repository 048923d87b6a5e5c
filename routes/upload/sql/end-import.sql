update imports
set ended_at      = now(),
    claim         = null,
    claimed_until = null,
    code          = null,
    reason        = null,
    status        = null
where claim = :?claim
