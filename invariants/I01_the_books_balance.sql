-- Every entry's postings add up to zero, its memorandum postings alone too, and there are as many
-- as the entry says.
select 'practice ' || e.practice_id || ', entry ' || e.entry_id
  from ledger.entry e
  left join ledger.posting p on p.practice_id = e.practice_id and p.entry_id = e.entry_id
 group by e.practice_id, e.entry_id
having count(p.line) <> min(e.lines)
    or coalesce(sum(p.cents), 0) <> 0
    or coalesce(sum(p.cents) filter (where p.account in (
           'money_in', 'held', 'clinicians_money', 'practices_money', 'operators_money')), 0) <> 0
