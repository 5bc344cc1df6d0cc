-- people: the door of a demo
--
-- In a demo everybody is made up, and one press comes in as any of them. In every other house these
-- functions find nobody and let nobody in: whether it is a demo is a fact that nothing changes.
grant select on ground.demo to trellis_door;
grant create on schema people to trellis_door;
set local role trellis_door;

-- Everybody of a demo, with what they are and where.
create or replace function people.cast_of_demo()
returns table (person_id uuid, name text, practice_id uuid, practice text, is_operator boolean, role text)
language sql stable security definer set search_path = pg_catalog as $$
    select m.person_id, m.name, p.practice_id, p.name, p.kind = 'operator', string_agg(r.role, ' ' order by r.role)
      from people.member m
      join people.practice p on p.practice_id = m.practice_id
      join people.role r on r.practice_id = m.practice_id and r.person_id = m.person_id and r.ended_at is null
     where exists (select from ground.demo)
     group by 1, 2, 3, 4, 5
     union all
    select c.person_id, c.name, p.practice_id, p.name, false, 'client'
      from people.client c
      join people.practice p on p.practice_id = c.practice_id
     where c.person_id is not null
       and exists (select from ground.demo)
$$;

-- Begins a visit in a demo, without a password.
create or replace function people.come_in(fresh uuid, hash bytea, of_person uuid, as_client boolean, wall timestamptz)
returns boolean language sql security definer set search_path = pg_catalog as $$
    with came as (
        insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at, passed_at, seen_at)
        select fresh, hash, p.person_id, as_client, 'Demo', wall, wall, wall
          from people.person p
         where p.person_id = of_person
           and exists (select from ground.demo)
     returning id)
    select exists (select from came)
$$;

-- Gives a client of a demo a person, so that one can come in as them.
create or replace function people.known_in_demo(of_practice uuid, of_client uuid, fresh uuid, wall timestamptz)
returns void language plpgsql security definer set search_path = pg_catalog as $$
declare
    called text;
    at_address text;
begin
    if not exists (select from ground.demo) then
        return;
    end if;
    select c.name, c.address
      into strict called, at_address
      from people.client c
     where c.practice_id = of_practice
       and c.client_id = of_client;
    update people.client c
       set person_id = people.meet(fresh, called, at_address, wall)
     where c.practice_id = of_practice
       and c.client_id = of_client
       and c.person_id is null;
end $$;

reset role;
revoke create on schema people from trellis_door;
