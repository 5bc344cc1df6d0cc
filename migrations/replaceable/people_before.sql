-- people: what everybody may know
--
-- Who stands behind the operator is no secret: a clinician who thinks of joining reads it first.
grant create on schema people to trellis_door;
set local role trellis_door;

-- The operator: its legal name, and who owns it.
create or replace function people.behind_operator()
returns table (legal_name text, owners text[])
language sql stable security definer set search_path = pg_catalog as $$
    select p.legal_name,
           array(select m.name
                   from people.role r
                   join people.member m on m.practice_id = r.practice_id and m.person_id = r.person_id
                  where r.practice_id = o.practice_id
                    and r.role = 'owner'
                    and r.ended_at is null
                  order by m.name)
      from people.operator o
      join people.practice p on p.practice_id = o.practice_id
$$;

reset role;
revoke create on schema people from trellis_door;
