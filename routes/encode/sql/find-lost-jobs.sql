select video_id, attempt, delivery, cast(headers as text) as headers
from jobs
where state = 'running'
  and lease_until < now()
order by lease_until
limit 10
