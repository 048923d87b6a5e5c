-- Of several workers each takes others; what one fails at is taken up again after a minute.
update orphans
set sweep_after = now() + interval '1 minute'
where prefix in (
    select prefix
    from orphans
    where sweep_after <= now()
    order by sweep_after
    limit 10
    for update skip locked
)
returning prefix
