-- ground: the audit
--
-- One row for each change, each read of clinical text and each refusal, written by the gate. The
-- roles that serve may add rows and read their own practice's; nobody was ever granted more.
create table ground.audit (
    practice_id uuid        not null,
    id          uuid        not null,
    at          timestamptz not null,
    outcome     text        not null,
    act         text        not null,
    thing_kind  text        not null,
    thing_id    text        not null,
    person_id   uuid,
    sign_in_id  uuid,
    is_staff    boolean     not null,
    about_id    uuid,
    client_id   uuid,
    promise     text,
    primary key (practice_id, id),
    constraint audit_outcome_is_known check (outcome in ('changed', 'read', 'refused', 'erred')),
    constraint audit_refusal_alone_names_a_promise check (promise is null or outcome = 'refused')
);
create index audit_refusals on ground.audit (practice_id, at) where outcome in ('refused', 'erred');
create index audit_about on ground.audit (practice_id, about_id, at);
comment on table ground.audit is 'Who did, read or was refused what, and when. Ids only; append-only by grants.';
comment on column ground.audit.practice_id is 'The practice whose thing it was; all zeros for what belongs to none, such as a person''s own sign-in.';
comment on column ground.audit.at is 'Business time; the id holds it too.';
comment on column ground.audit.is_staff is 'Whether the person acted as staff of the operator.';
comment on column ground.audit.about_id is 'The clinician concerned, as a person, where the thing has one.';
comment on column ground.audit.promise is 'The promise of the charter that refused it; empty where nothing allowed it.';
-- Anybody's act may be written for any practice: a refusal is written for a practice that the
-- person does not reach.
create policy everyone_adds on ground.audit for insert with check (true);
create policy own_practice_reads on ground.audit for select using (practice_id = any (house.practices()));
create policy own_acts_read on ground.audit for select using (person_id = house.person());
select house.keep('ground.audit', 'tenant', null);
grant select, insert on ground.audit to trellis_app;
