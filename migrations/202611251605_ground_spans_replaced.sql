-- ground: minutes that were said otherwise
--
-- What was measured stays. A person's own word about it is another row in its place, and only the
-- last one counts.
alter table ground.work_span
    add column replaces uuid,
    add constraint work_span_replaces_another check (replaces <> id),
    add foreign key (person_id, replaces) references ground.work_span (person_id, id);
create unique index work_span_is_replaced_once on ground.work_span (person_id, replaces) where replaces is not null;
comment on column ground.work_span.replaces is 'The earlier span in whose place this one counts.';
