-- The roles of the database, made once by whoever may make roles.
--
-- A private cluster does this by itself. For a PostgreSQL of your own, run it as an administrator,
-- give each role that connects a password, and make the database with
-- `create database trellis owner trellis_owner`, then
-- `revoke all on database trellis from public` and `grant connect on database trellis to
-- trellis_app, trellis_owner, trellis_sequencer, trellis_check`.
do $$
declare
    role text;
begin
    foreach role in array array['trellis_owner', 'trellis_app', 'trellis_sequencer', 'trellis_check'] loop
        if not exists (select from pg_roles where rolname = role) then
            execute format('create role %I login noinherit nosuperuser nocreatedb nocreaterole nobypassrls', role);
        end if;
    end loop;
    if not exists (select from pg_roles where rolname = 'trellis_door') then
        create role trellis_door nologin noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
    end if;
end $$;
-- The owner may give functions to the door; it does not act as the door.
grant trellis_door to trellis_owner;
