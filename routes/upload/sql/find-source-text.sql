select title, description, visibility
from source_texts
where source = :?source
  and created_at > now() - cast(:?${properties:upload.source-texts-kept} as interval)
  and md5(stem) = md5(cast(:?stem as text))
