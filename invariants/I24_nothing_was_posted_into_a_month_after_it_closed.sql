-- Nothing was posted into a month after it closed, and months close one after another.
select 'practice ' || e.practice_id || ', entry ' || e.entry_id
  from ledger.entry e
  join ledger.closed_month c on c.practice_id = e.practice_id
                            and c.month = date_trunc('month', e.posted_on)::date
 where e.posted_at > c.closed_at
 union all
select 'practice ' || c.practice_id || ', month ' || c.month
  from ledger.closed_month c
 where exists (
       select from ledger.closed_month b
        where b.practice_id = c.practice_id
          and b.month < c.month)
   and not exists (
       select from ledger.closed_month b
        where b.practice_id = c.practice_id
          and b.month = (c.month - interval '1 month')::date)
