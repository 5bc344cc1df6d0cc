-- hours: nobody but the clinician changes when she works
--
-- The charter says so to those who ask (CO-02); these triggers say so to every program that will
-- ever write here, whatever it forgot to ask.

create or replace function hours.is_hers(practice uuid, clinician uuid) returns boolean
language sql stable parallel safe as $$
    select exists (select from people.clinician c
                    where c.practice_id = practice
                      and c.clinician_id = clinician
                      and c.person_id = house.person())
$$;
comment on function hours.is_hers(uuid, uuid) is 'Whether the one who acts is this clinician.';

create or replace function hours.is_kept(practice uuid, clinician uuid, span tstzrange) returns boolean
language sql stable parallel safe as $$
    select exists (select from hours.stretch s
                    where s.practice_id = practice
                      and s.clinician_id = clinician
                      and s.during && span
                      and s.given_back_at is null)
$$;
comment on function hours.is_kept(uuid, uuid, tstzrange) is 'Whether a stretch of time meets leave or protected time. Ask it under the lock of hours.calendar.';

create or replace function hours.only_she() returns trigger language plpgsql as $$
begin
    if not hours.is_hers(new.practice_id, new.clinician_id) then
        raise exception 'nobody but the clinician changes when she works'
            using errcode = 'check_violation', constraint = 'hours_are_changed_by_her_alone';
    end if;
    return new;
end $$;

-- Protected time is spelled out further by a job, when nobody acts. It adds what she said and no
-- more: the rule must stand, and the stretch must be that rule's, on one of its weekdays. Zones are
-- at most 14 hours from UTC; a clock that is set back makes a stretch longer, by two hours at most.
create or replace function hours.only_she_or_her_rule() returns trigger language plpgsql as $$
begin
    if hours.is_hers(new.practice_id, new.clinician_id) then
        return new;
    end if;
    if tg_op = 'INSERT' and house.person() is null and exists (
        select from hours.protected p
         where p.practice_id = new.practice_id
           and p.protected_id = new.protected_id
           and p.clinician_id = new.clinician_id
           and p.given_back_at is null
           and new.given_back_at is null
           and p.weekday = extract(isodow from new.on_date) - 1
           and abs(extract(epoch from lower(new.during))
                   - (new.on_date - date '1970-01-01') * 86400 - p.opens_min * 60) <= 50400
           and upper(new.during) - lower(new.during)
               <= make_interval(mins => p.closes_min - p.opens_min + 120))
    then
        return new;
    end if;
    raise exception 'nobody but the clinician keeps her time or gives it back'
        using errcode = 'check_violation', constraint = 'kept_time_is_hers_alone';
end $$;

-- A pause that has a date ends on it without her: she said so when she set it.
create or replace function hours.only_she_or_her_date() returns trigger language plpgsql as $$
begin
    if hours.is_hers(new.practice_id, new.clinician_id) then
        return new;
    end if;
    if tg_op = 'UPDATE' and house.person() is null and old.reopens_on is not null
       and new.paused_at is null and new.reopens_on is null
       and new.clients_max is not distinct from old.clients_max
    then
        return new;
    end if;
    raise exception 'nobody but the clinician opens or pauses her intake'
        using errcode = 'check_violation', constraint = 'intake_is_hers_alone';
end $$;

create or replace function hours.give_calendar() returns trigger language plpgsql as $$
begin
    insert into hours.calendar (practice_id, clinician_id)
    values (new.practice_id, new.clinician_id)
        on conflict do nothing;
    return null;
end $$;

create or replace trigger gives_calendar after insert on people.clinician
    for each row execute function hours.give_calendar();
create or replace trigger only_she before insert or update on hours.weekly
    for each row execute function hours.only_she();
create or replace trigger only_she before insert or update on hours.exception
    for each row execute function hours.only_she();
create or replace trigger only_she before insert or update on hours.leave
    for each row execute function hours.only_she();
create or replace trigger only_she before insert or update on hours.protected
    for each row execute function hours.only_she();
create or replace trigger only_she before insert or update on hours.stretch
    for each row execute function hours.only_she_or_her_rule();
create or replace trigger only_she before insert or update on hours.intake
    for each row execute function hours.only_she_or_her_date();
