select cast(count(*) as integer) as uploads
from uploads
where user_id = :?owner
