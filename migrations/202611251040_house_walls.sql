-- house: the walls between practices
--
-- Row security reads a handful of settings that are set when a transaction begins, and nothing
-- else. Each table is of one kind, which decides its policies; house.table_kind says which, and a
-- test holds every table against its kind.
create schema house;
create schema ground;
grant usage on schema house, ground to trellis_app, trellis_sequencer, trellis_check, trellis_door;
revoke all on schema public from public;

create function house.practices() returns uuid[] language sql stable parallel safe
return nullif(current_setting('house.practices', true), '')::uuid[];
comment on function house.practices() is 'The practices whose rows this transaction sees as one of their people, or as staff who serve them.';

create function house.client_practices() returns uuid[] language sql stable parallel safe
return nullif(current_setting('house.client_practices', true), '')::uuid[];
comment on function house.client_practices() is 'The practices of which this transaction sees, as a client, what is common.';

create function house.clients() returns uuid[] language sql stable parallel safe
return nullif(current_setting('house.clients', true), '')::uuid[];
comment on function house.clients() is 'The clients whose own rows this transaction sees.';

create function house.person() returns uuid language sql stable parallel safe
return nullif(current_setting('house.person', true), '')::uuid;
comment on function house.person() is 'The person who acts.';

create function house.holder() returns uuid language sql stable parallel safe
return nullif(current_setting('house.holder', true), '')::uuid;
comment on function house.holder() is 'The holder for whom a visitor brings something.';

create function house.chart() returns uuid language sql stable parallel safe
return nullif(current_setting('house.chart', true), '')::uuid;
comment on function house.chart() is 'The one client whose chart the gate has opened in this transaction.';

create table house.table_kind (
    name   text primary key,
    kind   text not null,
    reason text,
    constraint table_kind_is_known check (kind in ('common', 'tenant', 'client', 'clinical', 'own', 'shared')),
    constraint table_kind_shared_has_a_reason check ((kind = 'shared') = (reason is not null))
);
comment on table house.table_kind is 'Which of the kinds each table is; design of the walls.';

create function house.keep(t regclass, kind text, reason text) returns void language plpgsql as $$
begin
    execute format('alter table %s enable row level security', t);
    execute format('alter table %s force row level security', t);
    execute format('create policy check_reads_all on %s for select to trellis_check using (true)', t);
    execute format('grant select on %s to trellis_check', t);
    insert into house.table_kind (name, kind, reason) values (t::text, kind, reason);
end $$;
comment on function house.keep(regclass, text, text) is 'What all kinds have in common: forced row security, and a reader for the invariants.';

create function house.tenant(t regclass) returns void language plpgsql as $$
begin
    perform house.keep(t, 'tenant', null);
    execute format('create policy own_practice on %s using (practice_id = any (house.practices()))', t);
end $$;
comment on function house.tenant(regclass) is 'Rows for the people of the practice and the staff it lets in.';

create function house.common(t regclass) returns void language plpgsql as $$
begin
    perform house.keep(t, 'common', null);
    execute format('create policy own_practice on %s using (practice_id = any (house.practices()))', t);
    execute format('create policy client_reads on %s for select using (practice_id = any (house.client_practices()))', t);
end $$;
comment on function house.common(regclass) is 'Rows that anybody of the practice may read, its clients too.';

create function house.client(t regclass) returns void language plpgsql as $$
begin
    perform house.keep(t, 'client', null);
    execute format('create policy own_practice on %s using (practice_id = any (house.practices()))', t);
    execute format('create policy own_client on %s using (practice_id = any (house.client_practices()) and client_id = any (house.clients()))', t);
end $$;
comment on function house.client(regclass) is 'Rows of one client, who sees their own and no other.';

create function house.clinical(t regclass) returns void language plpgsql as $$
begin
    perform house.keep(t, 'clinical', null);
    execute format('create policy opened_chart on %s using (client_id = house.chart() and (practice_id = any (house.practices()) or practice_id = any (house.client_practices())))', t);
end $$;
comment on function house.clinical(regclass) is 'Clinical text: seen only for the client whose chart the gate has opened.';

create function house.own(t regclass) returns void language plpgsql as $$
begin
    perform house.keep(t, 'own', null);
    execute format('create policy own_person on %s using (person_id = house.person())', t);
end $$;
comment on function house.own(regclass) is 'Rows of one person, seen by that person alone.';

create function house.shared(t regclass, reason text) returns void language plpgsql as $$
begin
    perform house.keep(t, 'shared', reason);
end $$;
comment on function house.shared(regclass, text) is 'A table across practices, for a stated reason. Its policies are written out beside it.';

-- Forced row security binds the owner too, who writes here in every migration.
create policy owner_writes on house.table_kind to trellis_owner using (true);
select house.shared('house.table_kind', 'says what the tables are; holds nothing of anybody');
