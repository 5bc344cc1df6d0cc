-- payouts: what the database refuses, whoever writes

-- A statement that does not add up at the end of its transaction: its lines to its two figures, the
-- rows of money to their line, and as many lines as it says. It is looked at once, with all that it
-- has: a check for each of its rows would look at every row as often as there are rows.
create or replace function payouts.statement_adds_up() returns trigger language plpgsql as $$
declare
    found_lines bigint;
    collected numeric;
    others numeric;
    kept numeric;
    odd int;
begin
    select count(*),
           coalesce(sum(l.cents) filter (where l.part in ('collected', 'adjustment')), 0),
           coalesce(sum(l.cents) filter (where l.part in ('price', 'split')), 0)
      into found_lines, collected, others
      from payouts.line l
     where l.practice_id = new.practice_id
       and l.statement_id = new.statement_id;
    kept := case new.of_whom when 'practice' then collected + others else others end;
    select l.line into odd
      from payouts.line l
     where l.practice_id = new.practice_id
       and l.statement_id = new.statement_id
       and l.part in ('collected', 'adjustment')
       and l.cents is distinct from (
           select sum(r.cents)
             from payouts.line_row r
            where r.practice_id = l.practice_id
              and r.statement_id = l.statement_id
              and r.line = l.line)
     order by l.line
     limit 1;
    if found_lines <> new.lines
        or collected is distinct from new.collected_cents
        or kept is distinct from new.kept_cents
        or odd is not null
    then
        raise exception using
            errcode = '23514',
            constraint = 'statement_adds_up',
            message = format('statement %s has %s lines of %s, collected %s of %s, kept %s of %s, odd line %s',
                             new.statement_id, found_lines, new.lines, collected, new.collected_cents,
                             kept, new.kept_cents, odd);
    end if;
    return null;
end $$;

drop trigger if exists statement_adds_up on payouts.statement;
create constraint trigger statement_adds_up after insert on payouts.statement
    deferrable initially deferred for each row execute function payouts.statement_adds_up();

-- A line that its statement does not count. Lines are numbered, each number once: a statement that
-- adds up has none left, so no line is added to it later.
create or replace function payouts.line_is_of_its_statement() returns trigger language plpgsql as $$
declare
    odd record;
begin
    select a.statement_id, a.line into odd
      from added a
     where a.line > (
           select s.lines
             from payouts.statement s
            where s.practice_id = a.practice_id
              and s.statement_id = a.statement_id)
     limit 1;
    if found then
        raise exception using
            errcode = '23514',
            constraint = 'line_is_of_its_statement',
            message = format('statement %s does not count a line %s', odd.statement_id, odd.line);
    end if;
    return null;
end $$;

drop trigger if exists line_adds_up on payouts.line;
create or replace trigger line_is_of_its_statement after insert on payouts.line
    referencing new table as added for each statement execute function payouts.line_is_of_its_statement();

-- Rows of money that are not their line's amount. The rows of a line come in one statement, so that
-- a row that is added later is one too many.
create or replace function payouts.rows_are_their_line() returns trigger language plpgsql as $$
declare
    odd record;
begin
    select a.statement_id, a.line into odd
      from (select distinct n.practice_id, n.statement_id, n.line from added n) a
     where (select l.cents
              from payouts.line l
             where l.practice_id = a.practice_id
               and l.statement_id = a.statement_id
               and l.line = a.line
               and l.part in ('collected', 'adjustment')) <> (
           select coalesce(sum(r.cents), 0)
             from payouts.line_row r
            where r.practice_id = a.practice_id
              and r.statement_id = a.statement_id
              and r.line = a.line)
     limit 1;
    if found then
        raise exception using
            errcode = '23514',
            constraint = 'rows_are_their_line',
            message = format('the rows of line %s of statement %s are not its amount', odd.line, odd.statement_id);
    end if;
    return null;
end $$;

drop trigger if exists line_row_adds_up on payouts.line_row;
create or replace trigger rows_are_their_line after insert on payouts.line_row
    referencing new table as added for each statement execute function payouts.rows_are_their_line();

-- A month whose statements are not those that it counts, or whose parts are not theirs.
create or replace function payouts.period_is_whole() returns trigger language plpgsql as $$
declare
    found_statements bigint;
    practice_kept bigint;
begin
    select count(*), max(s.kept_cents) filter (where s.of_whom = 'practice')
      into found_statements, practice_kept
      from payouts.statement s
     where s.practice_id = new.practice_id
       and s.month = new.month;
    if found_statements <> new.statements or practice_kept is distinct from new.practice_cents then
        raise exception using
            errcode = '23514',
            constraint = 'period_is_whole',
            message = format('%s has %s statements of %s, and keeps %s of %s', new.month, found_statements,
                             new.statements, practice_kept, new.practice_cents);
    end if;
    return null;
end $$;

drop trigger if exists period_is_whole on payouts.period;
create constraint trigger period_is_whole after insert on payouts.period
    deferrable initially deferred for each row execute function payouts.period_is_whole();

-- A statement more than its month counts.
create or replace function payouts.statement_is_counted() returns trigger language plpgsql as $$
declare
    odd record;
begin
    select a.month into odd
      from (select distinct n.practice_id, n.month from added n) a
     where (select p.statements
              from payouts.period p
             where p.practice_id = a.practice_id
               and p.month = a.month) < (
           select count(*)
             from payouts.statement s
            where s.practice_id = a.practice_id
              and s.month = a.month)
     limit 1;
    if found then
        raise exception using
            errcode = '23514',
            constraint = 'statement_is_counted',
            message = format('%s has more statements than it counts', odd.month);
    end if;
    return null;
end $$;

drop trigger if exists statement_is_of_a_whole_period on payouts.statement;
create or replace trigger statement_is_counted after insert on payouts.statement
    referencing new table as added for each statement execute function payouts.statement_is_counted();

-- A change of what was closed.
create or replace function payouts.stays_as_it_is() returns trigger language plpgsql as $$
begin
    raise exception using
        errcode = '23514',
        constraint = 'statements_stay_as_they_are',
        message = format('%s is only added to', tg_table_name);
end $$;

create or replace trigger period_stays before update or delete or truncate on payouts.period
    for each statement execute function payouts.stays_as_it_is();
create or replace trigger statement_stays before update or delete or truncate on payouts.statement
    for each statement execute function payouts.stays_as_it_is();
create or replace trigger line_stays before update or delete or truncate on payouts.line
    for each statement execute function payouts.stays_as_it_is();
create or replace trigger line_row_stays before update or delete or truncate on payouts.line_row
    for each statement execute function payouts.stays_as_it_is();
