-- What entries of a posted remittance move at the bank is its amount, which is its deposit; and
-- the deposit itself, which had waited, is undone.
select 'practice ' || r.practice_id || ', remittance ' || r.remittance_id
  from billing.remittance r
 where r.state = 'posted'
   and r.cents is distinct from (
       select coalesce(sum(p.cents), 0)
         from ledger.entry e
         join ledger.posting p on p.practice_id = e.practice_id and p.entry_id = e.entry_id
        where e.practice_id = r.practice_id
          and p.account = 'bank'
          and ((e.cause_kind = 'provider_adjustment' and e.cause_id = r.remittance_id)
            or (e.cause_kind = 'remittance' and e.cause_id in (
                    select a.answer_id from billing.answer a
                     where a.practice_id = r.practice_id
                       and a.remittance_id = r.remittance_id))))
 union all
select 'practice ' || r.practice_id || ', remittance ' || r.remittance_id
  from billing.remittance r
  join ledger.payment d on d.practice_id = r.practice_id and d.payment_id = r.deposit_id
 where d.cents <> r.cents
