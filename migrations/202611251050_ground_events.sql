-- ground: events, deliveries, jobs and letters
--
-- What happened is written beside the change that it tells, with one delivery for each listener.
-- These tables hold ids only, since a worker of any practice reads them.
create table ground.listener (
    kind     text not null,
    listener text not null,
    primary key (kind, listener),
    constraint listener_names_are_short check (length(kind) between 1 and 80 and length(listener) between 1 and 80)
);
comment on table ground.listener is 'Which listener takes up which kind of event. Rows are added by newer programs, so that an older one serves a newer listener.';
select house.shared('ground.listener', 'the wiring of the program; holds nothing of anybody');
create policy everyone_reads on ground.listener for select using (true);
create policy owner_writes on ground.listener to trellis_owner using (true);
grant select on ground.listener to trellis_app;

create table ground.event (
    practice_id uuid        not null,
    id          uuid        not null,
    place       bigint      not null generated always as identity,
    kind        text        not null,
    version     int         not null,
    subject     uuid        not null,
    at          timestamptz not null,
    body        jsonb       not null,
    primary key (practice_id, id),
    constraint event_kind_is_named check (kind ~ '^[a-z]+\.[a-z_]+$'),
    constraint event_body_is_small check (pg_column_size(body) <= 4096)
);
comment on table ground.event is 'What happened, in the past tense; ids and facts, never clinical text.';
comment on column ground.event.place is 'Order per subject: taken after the subject''s lock, so that it follows the order of commits.';
comment on column ground.event.body is 'Ids and facts that listeners need; checked by the type that wrote it.';
select house.shared('ground.event', 'a worker takes up events of any practice; ids only');
create policy everyone on ground.event using (true);
grant select, insert on ground.event to trellis_app;

create table ground.delivery (
    practice_id  uuid        not null,
    event_id     uuid        not null,
    listener     text        not null,
    for_practice uuid        not null,
    subject      uuid        not null,
    place        bigint      not null,
    tries        int         not null default 0,
    retry_at     timestamptz,
    leased_until timestamptz,
    done_at      timestamptz,
    dead_at      timestamptz,
    why          text,
    primary key (practice_id, event_id, listener),
    foreign key (practice_id, event_id) references ground.event (practice_id, id),
    constraint delivery_ends_one_way check (done_at is null or dead_at is null),
    constraint delivery_dead_says_why check ((dead_at is null) or (why is not null))
);
create index delivery_waiting on ground.delivery (listener, subject, place) where done_at is null;
create index delivery_dead on ground.delivery (dead_at) where dead_at is not null;
comment on table ground.delivery is 'One event for one listener: waiting, leased, done, or a dead letter that blocks its subject until somebody decides.';
comment on column ground.delivery.for_practice is 'The practice in whose name the listener works.';
comment on column ground.delivery.retry_at is 'Wall clock: not before this.';
comment on column ground.delivery.leased_until is 'Wall clock: a worker has it until then.';
select house.shared('ground.delivery', 'a worker takes up deliveries of any practice; ids only');
create policy everyone on ground.delivery using (true);
grant select, insert, update (tries, retry_at, leased_until, done_at, dead_at, why) on ground.delivery to trellis_app;

create table ground.job (
    practice_id  uuid        not null,
    id           uuid        not null,
    kind         text        not null,
    subject      uuid        not null,
    once_key     text        not null,
    due_at       timestamptz not null,
    tries        int         not null default 0,
    retry_at     timestamptz,
    leased_until timestamptz,
    done_at      timestamptz,
    dead_at      timestamptz,
    why          text,
    primary key (practice_id, id),
    constraint job_is_asked_once unique (practice_id, kind, once_key),
    constraint job_ends_one_way check (done_at is null or dead_at is null),
    constraint job_dead_says_why check ((dead_at is null) or (why is not null))
);
create index job_waiting on ground.job (due_at) where done_at is null and dead_at is null;
create index job_dead on ground.job (dead_at) where dead_at is not null;
comment on table ground.job is 'Work to be done later; ids only.';
comment on column ground.job.due_at is 'Business time; retry_at and leased_until are wall clock.';
select house.shared('ground.job', 'a worker takes up jobs of any practice; ids only');
create policy everyone on ground.job using (true);
grant select, insert, update (tries, retry_at, leased_until, done_at, dead_at, why) on ground.job to trellis_app;

create table ground.practice_key (
    practice_id uuid        not null,
    generation  int         not null,
    wrapped     bytea       not null,
    made_at     timestamptz not null,
    primary key (practice_id, generation),
    constraint practice_key_generation_counts_from_one check (generation >= 1)
);
comment on table ground.practice_key is 'The key of a practice by generation, sealed under the root key: whoever shreds it shreds what it sealed.';
select house.tenant('ground.practice_key');
create policy visitor_reads on ground.practice_key for select using (practice_id = house.holder());
grant select, insert on ground.practice_key to trellis_app;

create table ground.letter (
    practice_id uuid        not null,
    id          uuid        not null,
    person_id   uuid,
    to_address  text        not null,
    purpose     text        not null,
    sealed      bytea       not null,
    written_at  timestamptz not null,
    tried_at    timestamptz,
    sent_at     timestamptz,
    primary key (practice_id, id),
    constraint letter_address_is_one_line check (to_address !~ '[\r\n]' and length(to_address) <= 320)
);
comment on table ground.letter is 'Mail that was written: its words sealed, its state plain. Sending is a job.';
comment on column ground.letter.tried_at is 'Wall clock: a send was begun; where sent_at is empty, its outcome is not known.';
comment on column ground.letter.person_id is 'Whom it is for, where we know them.';
select house.tenant('ground.letter');
create policy visitor_writes on ground.letter for insert with check (practice_id = house.holder());
grant select, insert, update (tried_at, sent_at) on ground.letter to trellis_app;
