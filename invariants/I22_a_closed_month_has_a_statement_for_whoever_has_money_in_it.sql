-- Whoever has money in a closed month has a statement of it that says how much.
select 'practice ' || p.practice_id || ', month ' || p.month || ', clinician ' || g.clinician_id
  from payouts.period p
  join ledger.entry e on e.practice_id = p.practice_id
                     and e.posted_on >= p.month
                     and e.posted_on < p.month + interval '1 month'
                     and e.rule in ('payer_payment', 'client_payment', 'transfer_unapplied', 'refund', 'recoupment',
                                    'forward_balance')
  join ledger.posting g on g.practice_id = e.practice_id
                       and g.entry_id = e.entry_id
                       and g.account in ('payer_receivable', 'client_receivable')
                       and g.clinician_id is not null
  left join payouts.statement s on s.practice_id = p.practice_id
                               and s.month = p.month
                               and s.clinician_id = g.clinician_id
 group by p.practice_id, p.month, g.clinician_id
having count(s.statement_id) = 0
    or -sum(g.cents) <> min(s.collected_cents) filter (where s.of_whom = 'clinician')
