-- What a client owes of a charge of ours, beyond what they were charged themselves, is what a plan
-- left to them by reason, no more.
select 'practice ' || c.practice_id || ', charge ' || c.charge_id
  from billing.charge c
 where coalesce((
       select sum(p.cents)
         from ledger.posting p
         join ledger.entry e on e.practice_id = p.practice_id and e.entry_id = p.entry_id
        where p.practice_id = c.practice_id
          and p.charge_id = c.charge_id
          and p.account = 'client_receivable'
          and e.rule = 'patient_responsibility'), 0)
    <> coalesce((
       select sum(s.cents)
         from billing.client_share s
        where s.practice_id = c.practice_id
          and s.charge_id = c.charge_id
          and not s.is_undone), 0)
