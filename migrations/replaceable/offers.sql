-- offers: whom nothing is sent, and who ends care
--
-- The last word of two promises. Both look only after they hold the row that decides, so that
-- whoever comes a moment later sees what was decided.

-- Nothing is put before a clinician who has paused. The share locks wait for a pause that is being
-- written, and hold back one that comes after; the calendar's row is there before the first pause.
create or replace function offers.finds_intake_open() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    perform from hours.calendar c
      where c.practice_id = new.practice_id
        and c.clinician_id = new.clinician_id
        for share;
    perform from hours.intake i
      where i.practice_id = new.practice_id
        and i.clinician_id = new.clinician_id
        for share;
    if exists (
        select from hours.intake i
         where i.practice_id = new.practice_id
           and i.clinician_id = new.clinician_id
           and i.paused_at is not null
           and (i.reopens_on is null or new.made_on < i.reopens_on)) then
        raise exception 'this clinician takes nobody new now'
            using errcode = 'check_violation', constraint = 'offer_finds_intake_open';
    end if;
    return new;
end $$;

create or replace trigger offer_finds_intake_open before insert on offers.offer
    for each row execute function offers.finds_intake_open();

-- Their part in a client's care is ended by the clinician alone.
create or replace function offers.is_ended_by_who_treats() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if not hours.is_hers(old.practice_id, old.clinician_id) then
        raise exception 'only the clinician who treats ends it'
            using errcode = 'check_violation', constraint = 'treating_is_ended_by_who_treats';
    end if;
    return new;
end $$;

create or replace trigger treating_is_ended_by_who_treats before update on offers.treating
    for each row execute function offers.is_ended_by_who_treats();

-- Care is over when nobody treats any more, and not before.
create or replace function offers.is_over_when_nobody_treats() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if exists (
        select from offers.treating t
         where t.practice_id = old.practice_id
           and t.episode_id = old.episode_id
           and t.until is null) then
        raise exception 'somebody still treats'
            using errcode = 'check_violation', constraint = 'episode_is_over_when_nobody_treats';
    end if;
    return new;
end $$;

create or replace trigger episode_is_over_when_nobody_treats before update on offers.episode
    for each row execute function offers.is_over_when_nobody_treats();
