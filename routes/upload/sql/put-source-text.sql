-- The last one holds; of those that belong to nothing none is kept for long.
with forgotten as (
    delete from source_texts
    where created_at < now() - cast(:?${properties:upload.source-texts-kept} as interval)
)
insert into source_texts (source, stem, title, description, visibility)
values (cast(:?source as text), cast(:?stem as text), cast(:?${header.title} as text), cast(:?${header.description} as text),
        cast(:?${header.visibility} as text))
on conflict (source, md5(stem)) do update
set title       = excluded.title,
    description = excluded.description,
    visibility  = excluded.visibility,
    created_at  = now()
