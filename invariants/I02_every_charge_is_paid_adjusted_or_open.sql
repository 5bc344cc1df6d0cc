-- A charge is in the books once, for its amount and for its client; and where a practice charges
-- for signed notes, every charge in its books is one of these, or the fee for a visit that was
-- missed.
select 'practice ' || c.practice_id || ', charge ' || c.charge_id
  from billing.charge c
 where not exists (
       select from ledger.entry e
         join ledger.posting p on p.practice_id = e.practice_id and p.entry_id = e.entry_id
        where e.practice_id = c.practice_id
          and e.charge_id = c.charge_id
          and e.rule = 'charge'
          and e.client_id = c.client_id
          and e.clinician_id = c.clinician_id
          and p.account = 'income'
          and p.cents = -c.cents)
 union all
select 'practice ' || e.practice_id || ', entry ' || e.entry_id
  from ledger.entry e
 where e.rule = 'charge'
   and exists (
       select from billing.charge c
        where c.practice_id = e.practice_id)
   and not exists (
       select from billing.charge c
        where c.practice_id = e.practice_id
          and c.charge_id = e.charge_id)
   and not exists (
       select from calendar.outcome o
        where e.cause_kind = 'visit'
          and o.practice_id = e.practice_id
          and o.appointment_id = e.charge_id
          and (o.outcome = 'missed' or o.is_late))
