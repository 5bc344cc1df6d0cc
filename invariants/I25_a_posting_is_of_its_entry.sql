-- A posting stands under an entry of its practice and is about that entry's charge; what adjusts or
-- undoes an entry comes after it.
select 'practice ' || p.practice_id || ', entry ' || p.entry_id
  from ledger.posting p
  left join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
 where e.entry_id is null
    or e.charge_id is distinct from p.charge_id
 union all
select 'practice ' || e.practice_id || ', entry ' || e.entry_id
  from ledger.entry e
  left join ledger.entry o on o.practice_id = e.practice_id and o.entry_id = coalesce(e.reverses, e.adjusts)
 where coalesce(e.reverses, e.adjusts) is not null
   and (o.entry_id is null or o.place >= e.place)
