-- There may be more in it than one look shows.
update orphans
set sweep_after = now()
where prefix = :?prefix
