update resumable_uploads
set lease_until = now() + cast(:?${properties:upload.lease} as interval)
where lease = any(cast(:?leases as uuid[]))
