-- terms: what is in force, and what stays as it was written
create or replace function terms.stays() returns trigger language plpgsql as $$
begin
    raise exception '% is never changed and never removed: a change is another version', tg_table_name
        using errcode = 'integrity_constraint_violation', constraint = 'what_was_agreed_stays';
end $$;
comment on function terms.stays() is 'Refuses what would change or remove something that was agreed, whoever asks.';

create or replace function terms.signed_stays() returns trigger language plpgsql as $$
begin
    if exists (select from terms.signature s
                where s.practice_id = new.practice_id
                  and s.agreement_id = new.agreement_id) then
        raise exception 'this agreement has been signed: another service is another version'
            using errcode = 'integrity_constraint_violation', constraint = 'what_was_agreed_stays';
    end if;
    return new;
end $$;
comment on function terms.signed_stays() is 'Refuses a service that would come into an agreement after somebody signed it.';

-- A proposal and a signature of one practice wait for each other, so that nobody signs a version
-- while a newer one is put in its place.
create or replace function terms.one_at_a_time() returns trigger language plpgsql as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('terms ' || new.practice_id::text, 0));
    return new;
end $$;
comment on function terms.one_at_a_time() is 'Lets one proposal or signature of a practice happen at a time.';

create or replace function terms.newest_is_signed() returns trigger language plpgsql as $$
declare
    is_replaced boolean;
begin
    perform pg_advisory_xact_lock(hashtextextended('terms ' || new.practice_id::text, 0));
    if tg_table_name = 'signature' then
        select exists (select from terms.agreement a
                         join terms.agreement newer on newer.practice_id = a.practice_id and newer.version > a.version
                        where a.practice_id = new.practice_id
                          and a.agreement_id = new.agreement_id)
          into is_replaced;
    else
        select exists (select from terms.engagement e
                         join terms.engagement newer on newer.practice_id = e.practice_id
                                                    and newer.clinician_id = e.clinician_id
                                                    and newer.version > e.version
                        where e.practice_id = new.practice_id
                          and e.engagement_id = new.engagement_id)
          into is_replaced;
    end if;
    if is_replaced then
        raise exception 'a newer version has taken the place of this one'
            using errcode = 'integrity_constraint_violation', constraint = 'the_newest_version_is_signed';
    end if;
    return new;
end $$;
comment on function terms.newest_is_signed() is 'Refuses a signature under a version that another has replaced.';

do $$
declare
    name text;
begin
    foreach name in array array['agreement', 'service', 'signature', 'ending', 'engagement', 'engagement_signature', 'fee'] loop
        execute format('create or replace trigger stays before update or delete on terms.%I for each row execute function terms.stays()', name);
    end loop;
    foreach name in array array['agreement', 'engagement'] loop
        execute format('create or replace trigger one_at_a_time before insert on terms.%I for each row execute function terms.one_at_a_time()', name);
    end loop;
    foreach name in array array['signature', 'engagement_signature'] loop
        execute format('create or replace trigger newest_is_signed before insert on terms.%I for each row execute function terms.newest_is_signed()', name);
    end loop;
end $$;
create or replace trigger signed_stays before insert on terms.service for each row execute function terms.signed_stays();

-- The version that counts on a day: of those that both sides signed and that have begun, the
-- newest. One that has ended does not let an older one come back.
create or replace function terms.agreement_on(practice uuid, on_day date) returns uuid language sql stable as $$
    select counts.agreement_id
      from (select a.practice_id, a.agreement_id, a.ends_on
              from terms.agreement a
             where a.practice_id = practice
               and a.begins_on <= on_day
               and (select count(*) from terms.signature s
                     where s.practice_id = a.practice_id
                       and s.agreement_id = a.agreement_id) = 2
             order by a.version desc
             limit 1) counts
      left join terms.ending e on e.practice_id = counts.practice_id and e.agreement_id = counts.agreement_id
     where on_day < least(counts.ends_on, e.ends_on)
$$;
comment on function terms.agreement_on(uuid, date) is 'The agreement that is in force between a practice and the operator on a day.';

create or replace function terms.engagement_on(practice uuid, clinician uuid, on_day date) returns uuid language sql stable as $$
    select counts.engagement_id
      from (select e.engagement_id, e.ends_on
              from terms.engagement e
             where e.practice_id = practice
               and e.clinician_id = clinician
               and e.begins_on <= on_day
               and (select count(*) from terms.engagement_signature s
                     where s.practice_id = e.practice_id
                       and s.engagement_id = e.engagement_id) = 2
             order by e.version desc
             limit 1) counts
     where counts.ends_on is null or on_day < counts.ends_on
$$;
comment on function terms.engagement_on(uuid, uuid, date) is 'The engagement that is in force between a practice and a clinician on a day.';

grant create on schema terms to trellis_door;
set local role trellis_door;

-- What agreements in force open to the operator on each of these days; nothing to anybody else.
-- A practice's today is that of its own zone, which the caller knows how to read.
create or replace function terms.served(days date[])
returns table (on_day date, practice_id uuid, zone text, services text[])
language sql stable security definer set search_path = pg_catalog as $$
    select d.on_day, p.practice_id, p.zone, array_agg(s.service order by s.service)
      from unnest(days) d (on_day)
      join people.practice p on p.kind <> 'operator'
      join terms.service s on s.practice_id = p.practice_id
                          and s.agreement_id = terms.agreement_on(p.practice_id, d.on_day)
     where exists (select from people.operator o where o.practice_id = any (house.practices()))
     group by d.on_day, p.practice_id, p.zone
     order by p.practice_id, d.on_day
$$;

-- The practices with which the one who acts may have terms, by name: their own, and for the
-- operator's people all.
create or replace function terms.parties()
returns table (practice_id uuid, name text, legal_name text, zone text, is_operator boolean)
language sql stable security definer set search_path = pg_catalog as $$
    select p.practice_id, p.name, p.legal_name, p.zone, p.kind = 'operator'
      from people.practice p
     where p.practice_id = any (house.practices())
        or p.kind = 'operator'
        or exists (select from people.operator o where o.practice_id = any (house.practices()))
     order by p.name, p.practice_id
$$;

revoke all on function terms.served(date[]), terms.parties() from public;
grant execute on function terms.served(date[]), terms.parties() to trellis_app;
reset role;
revoke create on schema terms from trellis_door;
