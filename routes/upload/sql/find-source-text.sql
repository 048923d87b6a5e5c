select title, description, visibility
from source_texts
where source = :?source
  and md5(stem) = md5(cast(:?stem as text))
