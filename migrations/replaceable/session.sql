-- session: nobody but its clinician says when it began and ended
--
-- The charter says so to those who ask (OF-04); these triggers say so to every program that will
-- ever write here. What was measured is written once.

create or replace function session.only_its_clinician() returns trigger language plpgsql as $$
begin
    if not hours.is_hers(new.practice_id, new.clinician_id) then
        raise exception 'nobody but its clinician times a session'
            using errcode = 'check_violation', constraint = 'session_is_timed_by_its_clinician';
    end if;
    if tg_op = 'UPDATE' and (old.ended_at is not null or new.began_at <> old.began_at) then
        raise exception 'a measured time stays as it was measured'
            using errcode = 'check_violation', constraint = 'session_measured_time_stays';
    end if;
    return new;
end $$;

create or replace function session.only_her_word() returns trigger language plpgsql as $$
begin
    if new.said_by is distinct from house.person() or not exists (
        select from session.session s
         where s.practice_id = new.practice_id
           and s.session_id = new.session_id
           and s.ended_at is not null
           and hours.is_hers(s.practice_id, s.clinician_id))
    then
        raise exception 'nobody but its clinician says when a session that ended took place'
            using errcode = 'check_violation', constraint = 'session_is_timed_by_its_clinician';
    end if;
    return new;
end $$;

create or replace trigger only_its_clinician before insert or update on session.session
    for each row execute function session.only_its_clinician();
create or replace trigger only_her_word before insert or update on session.said
    for each row execute function session.only_her_word();
