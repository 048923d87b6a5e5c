select video_id, user_id, priority, attempt, progress, reason, failure, delivery,
       cast(state as text) as state,
       cast(headers as text) as headers,
       cast(result ->> 'duration_ms' as bigint) as duration_ms,
       case state when 'waiting' then not_before end as next_attempt_at
from jobs
where video_id = :?video_id
  and state <> 'deleted'
