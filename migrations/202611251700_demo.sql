-- ground: a demo
--
-- Whether all of this is made up is a fact of the database, set when it is made, before anybody is
-- in it; never a setting. Its business clock is moved from the wall clock by what is kept here.
create table ground.demo (
    is_here   boolean     not null primary key default true,
    made_at   timestamptz not null,
    zone      text        not null,
    offset_ms bigint      not null,
    constraint demo_is_one check (is_here)
);
comment on table ground.demo is 'That everybody and everything here is made up: one row, or none.';
comment on column ground.demo.offset_ms is 'How far business time is from the wall clock; next day moves it.';
select house.shared('ground.demo', 'every page says that it is a demo, whoever looks');
create policy everyone_reads on ground.demo for select using (true);
create policy everyone_begins on ground.demo for insert with check (true);
create policy everyone_moves on ground.demo for update using (true);
grant select, insert, update (offset_ms) on ground.demo to trellis_app;

create function ground.demo_is_alone() returns trigger language plpgsql as $$
begin
    if exists (select from people.operator) then
        raise exception 'somebody is here already' using errcode = 'check_violation',
            constraint = 'demo_is_alone', schema = 'ground', table = 'demo';
    end if;
    return new;
end $$;
comment on function ground.demo_is_alone() is 'Refuses a demo where an operator was founded: no demo stands beside a real practice.';
create trigger demo_is_alone before insert on ground.demo for each row execute function ground.demo_is_alone();
