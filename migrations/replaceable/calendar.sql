-- calendar: what no program can book
--
-- Openings leave out what is kept and what is far ahead; these triggers say so to every program that
-- will ever write here. They take the calendar's row lock themselves, so that nobody protects an
-- hour between the look and the insert (promise OF-08).
create or replace function calendar.keep_off() returns trigger language plpgsql as $$
declare
    spelled_to date;
begin
    if new.state not in ('held', 'booked') then
        return new;
    end if;
    select c.spelled_to into spelled_to
      from hours.calendar c
     where c.practice_id = new.practice_id
       and c.clinician_id = new.clinician_id
       for update;
    -- What is generated, as appointment.during, is not there yet.
    if hours.is_kept(new.practice_id, new.clinician_id, tstzrange(new.starts_at, new.ends_at)) then
        raise exception 'this time is kept: only the clinician gives it back'
            using errcode = 'check_violation', constraint = 'appointment_keeps_off_kept_time';
    end if;
    -- No zone is further than 14 hours from UTC: a date is over everywhere that much earlier.
    if spelled_to is not null and extract(epoch from new.ends_at)
        > (spelled_to + 1 - date '1970-01-01') * 86400 - 14 * 3600
    then
        raise exception 'this time is further ahead than protected time is spelled out'
            using errcode = 'check_violation', constraint = 'appointment_is_within_the_horizon';
    end if;
    return new;
end $$;

-- A promise goes one way. A visit that was thought missed may turn out kept; nothing else turns back.
create or replace function calendar.go_forward() returns trigger language plpgsql as $$
begin
    if (old.state, new.state) in (('held', 'booked'), ('held', 'lapsed'), ('booked', 'cancelled'),
                                  ('booked', 'missed'), ('booked', 'kept'), ('missed', 'kept'))
    then
        return new;
    end if;
    raise exception 'an appointment that is % does not become %', old.state, new.state
        using errcode = 'check_violation', constraint = 'appointment_goes_one_way';
end $$;

create or replace trigger keeps_off before insert or update on calendar.appointment
    for each row execute function calendar.keep_off();
create or replace trigger goes_forward before update on calendar.appointment
    for each row execute function calendar.go_forward();
