-- payouts: what the database refuses, whoever writes

-- A statement that does not add up at the end of its transaction: its lines to its two figures, the
-- rows of money to their line, and as many lines as it says.
create or replace function payouts.statement_adds_up() returns trigger language plpgsql as $$
declare
    wanted record;
    found_lines bigint;
    collected numeric;
    others numeric;
    kept numeric;
    odd int;
begin
    select s.lines, s.of_whom, s.collected_cents, s.kept_cents into wanted
      from payouts.statement s
     where s.practice_id = new.practice_id
       and s.statement_id = new.statement_id;
    select count(*),
           coalesce(sum(l.cents) filter (where l.part in ('collected', 'adjustment')), 0),
           coalesce(sum(l.cents) filter (where l.part in ('price', 'split')), 0)
      into found_lines, collected, others
      from payouts.line l
     where l.practice_id = new.practice_id
       and l.statement_id = new.statement_id;
    kept := case wanted.of_whom when 'practice' then collected + others else others end;
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
    if found_lines is distinct from wanted.lines
        or collected is distinct from wanted.collected_cents
        or kept is distinct from wanted.kept_cents
        or odd is not null
    then
        raise exception using
            errcode = '23514',
            constraint = 'statement_adds_up',
            message = format('statement %s has %s lines of %s, collected %s of %s, kept %s of %s, odd line %s',
                             new.statement_id, found_lines, wanted.lines, collected, wanted.collected_cents,
                             kept, wanted.kept_cents, odd);
    end if;
    return null;
end $$;

drop trigger if exists statement_adds_up on payouts.statement;
create constraint trigger statement_adds_up after insert on payouts.statement
    deferrable initially deferred for each row execute function payouts.statement_adds_up();
drop trigger if exists line_adds_up on payouts.line;
create constraint trigger line_adds_up after insert on payouts.line
    deferrable initially deferred for each row execute function payouts.statement_adds_up();
drop trigger if exists line_row_adds_up on payouts.line_row;
create constraint trigger line_row_adds_up after insert on payouts.line_row
    deferrable initially deferred for each row execute function payouts.statement_adds_up();

-- A month whose statements are not those that it counts, or whose parts are not theirs.
create or replace function payouts.period_is_whole() returns trigger language plpgsql as $$
declare
    wanted record;
    found_statements bigint;
    practice_kept bigint;
begin
    select p.statements, p.practice_cents into wanted
      from payouts.period p
     where p.practice_id = new.practice_id
       and p.month = new.month;
    select count(*), max(s.kept_cents) filter (where s.of_whom = 'practice')
      into found_statements, practice_kept
      from payouts.statement s
     where s.practice_id = new.practice_id
       and s.month = new.month;
    if found_statements is distinct from wanted.statements or practice_kept is distinct from wanted.practice_cents then
        raise exception using
            errcode = '23514',
            constraint = 'period_is_whole',
            message = format('%s has %s statements of %s, and keeps %s of %s', new.month, found_statements,
                             wanted.statements, practice_kept, wanted.practice_cents);
    end if;
    return null;
end $$;

drop trigger if exists period_is_whole on payouts.period;
create constraint trigger period_is_whole after insert on payouts.period
    deferrable initially deferred for each row execute function payouts.period_is_whole();
drop trigger if exists statement_is_of_a_whole_period on payouts.statement;
create constraint trigger statement_is_of_a_whole_period after insert on payouts.statement
    deferrable initially deferred for each row execute function payouts.period_is_whole();

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
