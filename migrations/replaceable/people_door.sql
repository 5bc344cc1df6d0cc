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
-- client they are, which has a name for them, or one row without either. A visit ends 12 hours
-- after it began, or after an hour without a request.
drop function if exists people.recognize(bytea, timestamptz);
create function people.recognize(hash bytea, wall timestamptz)
returns table (sign_in_id uuid, person_id uuid, is_client boolean, practice_id uuid, is_operator boolean,
               role text, client_id uuid, practice_name text)
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
               p.role, p.client_id, p.practice_name
          from (select 1) one
          left join (
                select r.practice_id, o.practice_id is not null as is_operator, r.role, null::uuid as client_id,
                       null::text as practice_name
                  from people.role r
                  left join people.operator o on o.practice_id = r.practice_id
                 where r.person_id = visit.person_id
                   and r.ended_at is null
                   and not visit.is_client
                 union all
                select c.practice_id, false, null, c.client_id, t.name
                  from people.client c
                  join people.practice t on t.practice_id = c.practice_id
                 where c.person_id = visit.person_id
                   and visit.is_client
               ) p on true
         order by p.practice_name, p.practice_id, p.role;
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

-- A client asks for a link. Whether anybody has this address is looked up later, so that every
-- address is answered alike and after the same work.
create or replace function people.ask_link(fresh uuid, at_address text, wall timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
    insert into people.link_ask (id, address, asked_at)
    values (fresh, at_address, wall)
        on conflict (id) do nothing
$$;

-- Which practice answers an ask: the one that invited this address as a client in the last 30 days
-- and waits still, else the first one where its person is a client. No row where there is neither.
create or replace function people.link_ask_of(ask uuid, at_time timestamptz)
returns table (address text, practice_id uuid, practice_name text, invitation_id uuid)
language sql stable security definer set search_path = pg_catalog as $$
    select a.address, t.practice_id, t.name, f.invitation_id
      from people.link_ask a
     cross join lateral (
            (select i.practice_id, i.id as invitation_id, 1 as place
               from people.invitation i
              where i.address = a.address
                and i.client_id is not null
                and i.taken_at is null
                and i.withdrawn_at is null
                and i.made_at > at_time - interval '30 days'
              order by i.made_at desc, i.id
              limit 1)
             union all
            (select c.practice_id, null, 2
               from people.person p
               join people.client c on c.person_id = p.person_id
              where p.address = a.address
              order by c.since, c.practice_id
              limit 1)
            ) f
      join people.practice t on t.practice_id = f.practice_id
     where a.id = ask
     order by f.place
     limit 1
$$;

-- Settles an ask once, with a link of this practice or without one: false where it was settled.
create or replace function people.answer_ask(ask uuid, hash bytea, of_practice uuid, by_invitation uuid, wall timestamptz)
returns boolean language plpgsql security definer set search_path = pg_catalog as $$
declare
    to_address text;
begin
    select a.address into to_address from people.link_ask a where a.id = ask for update;
    if to_address is null then
        return false;
    end if;
    update people.link_ask a set address = null, answered_at = wall where a.id = ask;
    insert into people.link (token_hash, practice_id, invitation_id, address, made_at, ends_at)
    select hash, of_practice, by_invitation, to_address, wall, wall + interval '1 hour'
     where of_practice is not null;
    return true;
end $$;

-- The link of a client while it is open: one that was asked for, or that of an invitation.
create or replace function people.client_link_of(hash bytea, at_time timestamptz, wall timestamptz)
returns table (practice_id uuid, practice_name text, address text)
language sql stable security definer set search_path = pg_catalog as $$
    select l.practice_id, t.name, l.address
      from people.link l
      join people.practice t on t.practice_id = l.practice_id
     where l.token_hash = hash
       and l.used_at is null
       and l.ends_at > wall
     union all
    select i.practice_id, t.name, i.address
      from people.invitation i
      join people.practice t on t.practice_id = i.practice_id
     where i.token_hash = hash
       and i.client_id is not null
       and i.taken_at is null
       and i.withdrawn_at is null
       and i.ends_at > at_time
$$;

-- Begins to wait for the code that is sent to the address of an open link.
create or replace function people.open_code(hash bytea, link bytea, proof bytea, at_time timestamptz, wall timestamptz)
returns void language sql security definer set search_path = pg_catalog as $$
    insert into people.passcode (token_hash, link_hash, address, proof, made_at)
    select hash, link, f.address, proof, wall
      from people.client_link_of(link, at_time, wall) f
$$;

-- The address to which the code was sent that is waited for.
create or replace function people.waiting_code(hash bytea, wall timestamptz)
returns text language sql stable security definer set search_path = pg_catalog as $$
    select c.address
      from people.passcode c
     where c.token_hash = hash
       and c.passed_at is null
       and c.tries < 5
       and c.made_at > wall - interval '10 minutes'
$$;

-- Judges a code. The right one uses up the link: the client whom it invites is from here the person
-- of its address, whose visit begins. Says 'goes', 'wrong', or 'over' where there is nothing to
-- judge any more; what is over is to be undone.
create or replace function people.pass_code(hash bytea, given bytea, new_hash bytea, visit uuid, fresh uuid,
                                            on_machine text, at_time timestamptz, wall timestamptz)
returns text language plpgsql security definer set search_path = pg_catalog as $$
declare
    waits people.passcode%rowtype;
    invited people.invitation%rowtype;
    used people.link%rowtype;
    who uuid;
begin
    select c.* into waits from people.passcode c where c.token_hash = hash for update;
    if people.waiting_code(hash, wall) is null then
        return 'over';
    end if;
    update people.passcode c set tries = c.tries + 1 where c.token_hash = hash;
    if waits.proof <> given then
        return 'wrong';
    end if;
    update people.passcode c set passed_at = wall where c.token_hash = hash;

    update people.link l
       set used_at = wall
     where l.token_hash = waits.link_hash
       and l.used_at is null
       and l.ends_at > wall
    returning l.* into used;
    select i.* into invited
      from people.invitation i
     where i.client_id is not null
       and ((i.practice_id, i.id) = (used.practice_id, used.invitation_id)
            or (i.token_hash = waits.link_hash and i.ends_at > at_time))
       for update;
    if (used.token_hash is null and invited.id is null)
       or invited.taken_at is not null or invited.withdrawn_at is not null then
        return 'over';
    end if;

    if invited.id is null then
        select p.person_id into strict who from people.person p where p.address = waits.address;
    else
        who := people.meet(fresh, invited.name, waits.address, at_time);
        -- Earlier letters to the same client have done their work too.
        update people.invitation i
           set taken_at = at_time
         where i.practice_id = invited.practice_id
           and i.client_id = invited.client_id
           and i.address = waits.address
           and i.taken_at is null
           and i.withdrawn_at is null;
        update people.client c
           set person_id = who
         where c.practice_id = invited.practice_id
           and c.client_id = invited.client_id
           and (c.person_id is null or c.person_id = who);
        if not found then
            return 'over';
        end if;
    end if;
    insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at, passed_at, seen_at)
    values (visit, new_hash, who, true, on_machine, wall, wall, wall);
    return 'goes';
end $$;

-- The name of somebody of the operator's people, for whom their refusals concern.
create or replace function people.staff_name(of_person uuid)
returns text language sql stable security definer set search_path = pg_catalog as $$
    select m.name
      from people.operator o
      join people.member m on m.practice_id = o.practice_id
     where m.person_id = of_person
$$;

-- Ends the visits in which one of a practice's people works, when its owner says so; says how many.
-- That the one who acts owns the practice is looked up here as well.
create or replace function people.end_member_sign_ins(of_practice uuid, of_person uuid, wall timestamptz)
returns bigint language sql security definer set search_path = pg_catalog as $$
    with ended as (
        update people.sign_in s
           set revoked_at = wall
         where s.person_id = of_person
           and not s.is_client
           and s.revoked_at is null
           and of_practice = any (house.practices())
           and exists (select from people.member m
                        where m.practice_id = of_practice
                          and m.person_id = of_person)
           and exists (select from people.role r
                        where r.practice_id = of_practice
                          and r.person_id = house.person()
                          and r.role = 'owner'
                          and r.ended_at is null)
     returning s.id)
    select count(*) from ended
$$;

-- Counts one try, or says how many seconds it must wait. The first tries are free; then the wait
-- doubles up to a limit. A day without a try forgets them.
create or replace function people.throttle_try(of_key bytea, free int, longest_s int, wall timestamptz)
returns int language plpgsql security definer set search_path = pg_catalog as $$
declare
    found_row people.throttle%rowtype;
    fresh int;
    at timestamptz;
begin
    insert into people.throttle (key, tries, last_at, open_at)
    values (of_key, 0, wall, wall)
        on conflict (key) do nothing;
    select t.* into found_row from people.throttle t where t.key = of_key for update;
    -- Of two who try at once, the one whose clock was read first may come second.
    at := greatest(wall, found_row.last_at);
    if found_row.open_at > at then
        return ceil(extract(epoch from found_row.open_at - at))::int;
    end if;
    fresh := case when found_row.last_at < at - interval '1 day' then 1 else found_row.tries + 1 end;
    update people.throttle t
       set tries = fresh, last_at = at,
           open_at = at + case when fresh < free then interval '0'
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
