-- people: the door
--
-- Before anybody is known, these functions are the only way to what sign-in needs. They run as
-- trellis_door, each answers one question, and a test lists them all.
grant create on schema people to trellis_door;
set local role trellis_door;

-- The person of this address: met before, or met now.
create or replace function people.meet(fresh uuid, called text, at_address text, at_time timestamptz)
returns uuid language plpgsql security definer set search_path = pg_catalog as $$
declare
    met uuid;
begin
    insert into people.person (person_id, name, address, met_at)
    values (fresh, called, at_address, at_time)
        on conflict (address) do nothing;
    select p.person_id into strict met from people.person p where p.address = at_address;
    return met;
end $$;

-- What proves that somebody is the person of this address.
create or replace function people.credential_of(at_address text)
returns table (person_id uuid, salt bytea, memory_kib int, passes int, lanes int, verifier bytea)
language sql stable security definer set search_path = pg_catalog as $$
    select c.person_id, c.salt, c.memory_kib, c.passes, c.lanes, c.verifier
      from people.person p
      join people.credential c on c.person_id = p.person_id
     where p.address = at_address
$$;

-- Begins a visit that waits for its second factor.
create or replace function people.open_sign_in(fresh uuid, hash bytea, of_person uuid, on_machine text, wall timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
    insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at, seen_at)
    values (fresh, hash, of_person, false, on_machine, wall, wall)
$$;

-- The visit that waits for its second factor, and what judges it.
create or replace function people.half_sign_in(hash bytea, wall timestamptz)
returns table (person_id uuid, totp_sealed bytea)
language sql stable security definer set search_path = pg_catalog as $$
    select c.person_id, c.totp_sealed
      from people.sign_in s
      join people.credential c on c.person_id = s.person_id
     where s.token_hash = hash
       and s.passed_at is null
       and s.revoked_at is null
       and s.made_at > wall - interval '10 minutes'
$$;

-- Takes the code of one step, once, and gives the visit its new token. False where it was taken.
create or replace function people.pass_sign_in(hash bytea, new_hash bytea, step bigint, wall timestamptz)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare
    who uuid;
begin
    select s.person_id into who
      from people.sign_in s
     where s.token_hash = hash
       and s.passed_at is null
       and s.revoked_at is null
       and s.made_at > wall - interval '10 minutes'
       for update;
    if who is null then
        return false;
    end if;
    update people.credential c
       set totp_last_step = step
     where c.person_id = who
       and c.totp_last_step < step;
    if not found then
        return false;
    end if;
    update people.sign_in s
       set token_hash = new_hash, passed_at = wall, seen_at = wall
     where s.token_hash = hash;
    return true;
end $$;

-- Who this token belongs to and what they are where: a row for each role and each practice whose
-- client they are, or one row without either. A visit ends 12 hours after it began, or after an
-- hour without a request.
create or replace function people.recognize(hash bytea, wall timestamptz)
returns table (sign_in_id uuid, person_id uuid, is_client boolean, practice_id uuid, is_operator boolean,
               role text, client_id uuid)
language plpgsql security definer set search_path = pg_catalog as $$
declare
    visit people.sign_in%rowtype;
begin
    select s.* into visit
      from people.sign_in s
     where s.token_hash = hash
       and s.passed_at is not null
       and s.revoked_at is null
       and s.made_at > wall - interval '12 hours'
       and s.seen_at > wall - interval '60 minutes';
    if visit.id is null then
        return;
    end if;
    -- Once a minute is enough to know that somebody is here.
    update people.sign_in s
       set seen_at = wall
     where s.id = visit.id
       and s.seen_at < wall - interval '1 minute';
    return query
        select visit.id, visit.person_id, visit.is_client, p.practice_id, coalesce(p.is_operator, false),
               p.role, p.client_id
          from (select 1) one
          left join (
                select r.practice_id, o.practice_id is not null as is_operator, r.role, null::uuid as client_id
                  from people.role r
                  left join people.operator o on o.practice_id = r.practice_id
                 where r.person_id = visit.person_id
                   and r.ended_at is null
                   and not visit.is_client
                 union all
                select c.practice_id, false, null, c.client_id
                  from people.client c
                 where c.person_id = visit.person_id
                   and visit.is_client
               ) p on true;
end $$;

-- The invitation behind a link, while it is open, and whether the person can sign in already.
create or replace function people.invitation_of(hash bytea, at_time timestamptz)
returns table (practice_id uuid, practice_name text, name text, address text, role text,
               person_id uuid, has_credential boolean)
language sql stable security definer set search_path = pg_catalog as $$
    select i.practice_id, t.name, i.name, i.address, i.role, p.person_id, c.person_id is not null
      from people.invitation i
      join people.practice t on t.practice_id = i.practice_id
      left join people.person p on p.address = i.address
      left join people.credential c on c.person_id = p.person_id
     where i.token_hash = hash
       and i.role is not null
       and i.taken_at is null
       and i.withdrawn_at is null
       and i.ends_at > at_time
$$;

-- Takes an invitation once: from here the person is what it says. False where it is not open.
create or replace function people.take_invitation(hash bytea, as_person uuid, role_id uuid, at_time timestamptz)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare
    asked people.invitation%rowtype;
begin
    select i.* into asked
      from people.invitation i
     where i.token_hash = hash
       and i.role is not null
       and i.taken_at is null
       and i.withdrawn_at is null
       and i.ends_at > at_time
       for update;
    if asked.id is null
       or not exists (select from people.person p where p.person_id = as_person and p.address = asked.address) then
        return false;
    end if;
    update people.invitation i
       set taken_at = at_time
     where i.practice_id = asked.practice_id
       and i.id = asked.id;
    insert into people.member (practice_id, person_id, name, since)
    values (asked.practice_id, as_person, asked.name, at_time)
        on conflict (practice_id, person_id) do nothing;
    insert into people.role (practice_id, id, person_id, role, given_at, given_by)
    values (asked.practice_id, role_id, as_person, asked.role, at_time, asked.made_by)
        on conflict do nothing;
    return true;
end $$;

-- Keeps the first credential of a person to whom this open invitation is addressed.
create or replace function people.set_credential(hash bytea, of_person uuid, with_salt bytea, kib int, times int,
                                                 wide int, proof bytea, sealed bytea, step bigint, wall timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
    insert into people.credential (person_id, salt, memory_kib, passes, lanes, verifier, totp_sealed,
                                   totp_last_step, set_at)
    select p.person_id, with_salt, kib, times, wide, proof, sealed, step, wall
      from people.invitation i
      join people.person p on p.address = i.address
     where i.token_hash = hash
       and i.taken_at is null
       and i.withdrawn_at is null
       and p.person_id = of_person
$$;

-- Ends the visit of this token, passed or not.
create or replace function people.end_sign_in(hash bytea, wall timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
    update people.sign_in s
       set revoked_at = wall
     where s.token_hash = hash
       and s.revoked_at is null
$$;

-- Counts one try, or says how many seconds it must wait. The first tries are free; then the wait
-- doubles up to a limit. A day without a try forgets them.
create or replace function people.throttle_try(of_key bytea, free int, longest_s int, wall timestamptz)
returns int language plpgsql security definer set search_path = pg_catalog as $$
declare
    found_row people.throttle%rowtype;
    fresh int;
begin
    insert into people.throttle (key, tries, last_at, open_at)
    values (of_key, 0, wall, wall)
        on conflict (key) do nothing;
    select t.* into found_row from people.throttle t where t.key = of_key for update;
    if found_row.open_at > wall then
        return ceil(extract(epoch from found_row.open_at - wall))::int;
    end if;
    fresh := case when found_row.last_at < wall - interval '1 day' then 1 else found_row.tries + 1 end;
    update people.throttle t
       set tries = fresh, last_at = wall,
           open_at = wall + case when fresh < free then interval '0'
                     else make_interval(secs => least(longest_s, 2 ^ least(fresh - free, 20))) end
     where t.key = of_key;
    return 0;
end $$;

-- Forgets the tries that went before a success.
create or replace function people.throttle_clear(of_key bytea)
returns void language sql security definer set search_path = pg_catalog as $$
    delete from people.throttle t where t.key = of_key
$$;

do $$
declare
    signature regprocedure;
begin
    for signature in
        select p.oid::regprocedure
          from pg_catalog.pg_proc p
         where p.pronamespace = 'people'::regnamespace
           and p.proowner = 'trellis_door'::regrole
    loop
        execute format('revoke all on function %s from public', signature);
        execute format('grant execute on function %s to trellis_app', signature);
    end loop;
end $$;

reset role;
revoke create on schema people from trellis_door;
