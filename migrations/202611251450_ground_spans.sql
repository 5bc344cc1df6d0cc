-- ground: minutes that a person worked
--
-- Any room writes what it measured; nobody but the person reads it. What an hour was worth is
-- counted from these rows, and no plan, offer or price can look at them.
create table ground.work_span (
    person_id   uuid        not null,
    id          uuid        not null,
    practice_id uuid        not null,
    kind        text        not null,
    begins_at   timestamptz not null,
    ends_at     timestamptz not null,
    source      text        not null,
    primary key (person_id, id),
    constraint work_span_kind_is_known check (kind in ('session', 'supervision', 'consultation', 'intake', 'notes',
                                                       'messages', 'billing', 'scheduling', 'training', 'marketing',
                                                       'admin', 'missed')),
    constraint work_span_ends_after_it_begins check (begins_at < ends_at),
    constraint work_span_source_is_known check (source in ('measured', 'entered'))
);
create index work_span_of_practice on ground.work_span (person_id, practice_id, begins_at);
comment on table ground.work_span is 'Minutes that a person worked, by kind. Seen by that person alone.';
comment on column ground.work_span.source is 'Whether the program measured it, or the person said so.';
select house.own('ground.work_span');
grant select, insert on ground.work_span to trellis_app;
