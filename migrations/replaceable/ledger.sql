-- ledger: what the database refuses, whoever writes

-- An entry that is not whole at the end of its transaction: its postings add up to zero, so do its
-- memorandum postings alone, and there are as many as it says.
create or replace function ledger.entry_is_whole() returns trigger language plpgsql as $$
declare
    wanted int;
    found_lines bigint;
    total numeric;
    memorandum numeric;
begin
    select e.lines into wanted
      from ledger.entry e
     where e.practice_id = new.practice_id
       and e.entry_id = new.entry_id;
    select count(*), coalesce(sum(p.cents), 0),
           coalesce(sum(p.cents) filter (where p.account in (
               'money_in', 'held', 'clinicians_money', 'practices_money', 'operators_money')), 0)
      into found_lines, total, memorandum
      from ledger.posting p
     where p.practice_id = new.practice_id
       and p.entry_id = new.entry_id;
    if found_lines is distinct from wanted or total <> 0 or memorandum <> 0 then
        raise exception using
            errcode = '23514',
            constraint = 'entry_sums_to_zero',
            message = format('entry %s has %s postings of %s, which come to %s, memorandum %s',
                             new.entry_id, found_lines, wanted, total, memorandum);
    end if;
    return null;
end $$;

drop trigger if exists entry_sums_to_zero on ledger.entry;
create constraint trigger entry_sums_to_zero after insert on ledger.entry
    deferrable initially deferred for each row execute function ledger.entry_is_whole();
drop trigger if exists posting_sums_to_zero on ledger.posting;
create constraint trigger posting_sums_to_zero after insert on ledger.posting
    deferrable initially deferred for each row execute function ledger.entry_is_whole();

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
begin
    if exists (
        select from ledger.closed_month c
         where c.practice_id = new.practice_id
           and new.posted_on < c.month + interval '1 month'
    ) then
        raise exception using
            errcode = '23514',
            constraint = 'entry_lands_in_an_open_month',
            message = format('%s lies in a month that is closed', new.posted_on);
    end if;
    return new;
end $$;

create or replace trigger entry_is_open before insert on ledger.entry
    for each row execute function ledger.entry_lands_in_an_open_month();
