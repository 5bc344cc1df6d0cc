-- The lines of a statement are its figures, and the parts of a closed month are its statements'.
select 'practice ' || s.practice_id || ', statement ' || s.statement_id
  from payouts.statement s
  left join payouts.line l on l.practice_id = s.practice_id and l.statement_id = s.statement_id
 group by s.practice_id, s.statement_id
having count(l.line) <> min(s.lines)
    or coalesce(sum(l.cents) filter (where l.part in ('collected', 'adjustment')), 0) <> min(s.collected_cents)
    or coalesce(sum(l.cents) filter (where s.of_whom = 'practice' or l.part in ('price', 'split')), 0) <> min(s.kept_cents)
 union all
select 'practice ' || p.practice_id || ', month ' || p.month
  from payouts.period p
 where p.clinicians_cents is distinct from (
       select coalesce(sum(s.kept_cents), 0)
         from payouts.statement s
        where s.practice_id = p.practice_id
          and s.month = p.month
          and s.engagement_id is not null)
    or p.practice_cents is distinct from (
       select sum(s.kept_cents)
         from payouts.statement s
        where s.practice_id = p.practice_id
          and s.month = p.month
          and s.of_whom = 'practice')
    or not exists (
       select from ledger.closed_month c
        where c.practice_id = p.practice_id
          and c.month = p.month)
