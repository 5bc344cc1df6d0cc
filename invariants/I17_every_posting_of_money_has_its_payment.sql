-- What entries say of a payment is what arrived, to the cent, less what a card processor kept of
-- it; and money that arrived is in the books. A reversal has the cause of the entry that it undoes, with the other sign.
select 'practice ' || p.practice_id || ', payment ' || p.payment_id
  from ledger.payment p
 where p.cents - p.fee_cents is distinct from (
       select sum(l.cents)
         from ledger.entry e
         join ledger.posting l on l.practice_id = e.practice_id and l.entry_id = e.entry_id
        where e.practice_id = p.practice_id
          and e.cause_kind in ('client_payment', 'deposit')
          and e.cause_id = p.payment_id
          and e.reverses is null
          and l.account = 'bank')
 union all
select 'practice ' || e.practice_id || ', entry ' || e.entry_id
  from ledger.entry e
 where e.cause_kind in ('client_payment', 'deposit')
   and not exists (
       select from ledger.payment p
        where p.practice_id = e.practice_id
          and p.payment_id = e.cause_id)
