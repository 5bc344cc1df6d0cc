-- ledger: what the database refuses, whoever writes

-- An entry that is not whole at the end of its transaction: its postings add up to zero, so do its
-- memorandum postings alone, and there are as many as it says. It is looked at once, with all its
-- postings.
create or replace function ledger.entry_is_whole() returns trigger language plpgsql as $$
declare
    found_lines bigint;
    total numeric;
    memorandum numeric;
begin
    select count(*), coalesce(sum(p.cents), 0),
           coalesce(sum(p.cents) filter (where p.account in (
               'money_in', 'held', 'clinicians_money', 'practices_money', 'operators_money')), 0)
      into found_lines, total, memorandum
      from ledger.posting p
     where p.practice_id = new.practice_id
       and p.entry_id = new.entry_id;
    if found_lines <> new.lines or total <> 0 or memorandum <> 0 then
        raise exception using
            errcode = '23514',
            constraint = 'entry_sums_to_zero',
            message = format('entry %s has %s postings of %s, which come to %s, memorandum %s',
                             new.entry_id, found_lines, new.lines, total, memorandum);
    end if;
    return null;
end $$;

drop trigger if exists entry_sums_to_zero on ledger.entry;
create constraint trigger entry_sums_to_zero after insert on ledger.entry
    deferrable initially deferred for each row execute function ledger.entry_is_whole();
drop trigger if exists posting_sums_to_zero on ledger.posting;

-- A posting that its entry does not count. Lines of an entry are numbered, each number once: an
-- entry that is whole has none left, so nothing is added to it later.
create or replace function ledger.posting_is_counted() returns trigger language plpgsql as $$
declare
    odd record;
begin
    select a.entry_id, a.line into odd
      from added a
     where a.line > (
           select e.lines
             from ledger.entry e
            where e.practice_id = a.practice_id
              and e.entry_id = a.entry_id)
        or a.line < 1
     limit 1;
    if found then
        raise exception using
            errcode = '23514',
            constraint = 'posting_is_counted',
            message = format('entry %s does not count a line %s', odd.entry_id, odd.line);
    end if;
    return null;
end $$;

create or replace trigger posting_is_counted after insert on ledger.posting
    referencing new table as added for each statement execute function ledger.posting_is_counted();

-- A change of what was posted.
create or replace function ledger.stays_as_it_is() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = '23514',
        constraint = 'books_are_only_added_to',
        message = format('%s is only added to', tg_table_name);
end $$;

create or replace trigger entry_stays before update or delete or truncate on ledger.entry
    for each statement execute function ledger.stays_as_it_is();
create or replace trigger posting_stays before update or delete or truncate on ledger.posting
    for each statement execute function ledger.stays_as_it_is();
create or replace trigger payment_stays before update or delete or truncate on ledger.payment
    for each statement execute function ledger.stays_as_it_is();
create or replace trigger closed_month_stays before update or delete or truncate on ledger.closed_month
    for each statement execute function ledger.stays_as_it_is();

-- An entry in a month that is closed.
create or replace function ledger.entry_lands_in_an_open_month() returns trigger language plpgsql as $$
declare
    odd record;
begin
    select a.first_on into odd
      from (select n.practice_id, min(n.posted_on) as first_on from added n group by n.practice_id) a
     where a.first_on < (
           select max(c.month) + interval '1 month'
             from ledger.closed_month c
            where c.practice_id = a.practice_id)
     limit 1;
    if found then
        raise exception using
            errcode = '23514',
            constraint = 'entry_lands_in_an_open_month',
            message = format('%s lies in a month that is closed', odd.first_on);
    end if;
    return null;
end $$;

drop trigger if exists entry_is_open on ledger.entry;
create trigger entry_is_open after insert on ledger.entry
    referencing new table as added for each statement execute function ledger.entry_lands_in_an_open_month();
