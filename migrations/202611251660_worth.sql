-- worth: hours that a person says
--
-- What was measured stays in ground.work_span. A person's own word about a kind of a day stands in
-- its place, the last word counts, and nobody else reads either.
create schema worth;
grant usage on schema worth to trellis_app, trellis_check;

create table worth.said (
    person_id   uuid        not null,
    id          uuid        not null,
    place       bigint      not null generated always as identity,
    practice_id uuid        not null,
    kind        text        not null,
    on_date     date        not null,
    minutes     int         not null,
    said_at     timestamptz not null,
    primary key (person_id, id),
    constraint said_kind_is_known check (kind in ('session', 'supervision', 'consultation', 'intake', 'notes', 'messages',
                                                  'billing', 'scheduling', 'training', 'marketing', 'admin', 'missed')),
    constraint said_fits_in_a_day check (minutes between 0 and 1500)
);
create index said_of_practice on worth.said (person_id, practice_id, on_date, place);
comment on table worth.said is 'Minutes of a kind on a day, as the person who worked them says. The last word counts.';
comment on column worth.said.place is 'The order in which it was said.';
comment on column worth.said.minutes is 'In all, on that day by the practice''s wall clock; a day on which clocks go back has 1,500.';
select house.own('worth.said');
grant select, insert on worth.said to trellis_app;
