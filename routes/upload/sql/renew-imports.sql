update imports
set claimed_until = now() + cast(:?${properties:upload.lease} as interval)
where claim = any(cast(:?claims as uuid[]))
