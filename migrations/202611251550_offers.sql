-- offers: a request for care before one clinician, and the care that follows
--
-- An offer lives in the clinician's practice and holds a sealed copy of what the person said; of
-- the request itself it knows a plain id, since no key leads from one tenant to another. Whoever
-- sent it keeps that it is out and that it came back, and never how it was answered. The triggers
-- in replaceable/offers.sql refuse an offer to whoever has paused, and let nobody but the
-- clinician end their part in a client's care.
create schema offers;
grant usage on schema offers to trellis_app, trellis_check;

create table offers.offer (
    practice_id     uuid        not null,
    offer_id        uuid        not null,
    clinician_id    uuid        not null,
    holder_id       uuid        not null,
    lead_id         uuid        not null,
    facts           jsonb       not null,
    snapshot_sealed bytea,
    made_at         timestamptz not null,
    made_on         date        not null,
    expires_at      timestamptz not null,
    state           text        not null default 'open',
    answered_at     timestamptz,
    client_id       uuid,
    primary key (practice_id, offer_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint offer_state_is_known      check (state in ('open', 'accepted', 'declined', 'withdrawn', 'lapsed')),
    constraint offer_leaves_time         check (made_at < expires_at),
    constraint offer_answer_has_its_time check ((state = 'open') = (answered_at is null)),
    constraint offer_accepted_is_a_client check ((state = 'accepted') = (client_id is not null)),
    constraint offer_that_came_to_nothing_names_nobody
        check ((state in ('open', 'accepted')) = (snapshot_sealed is not null))
);
create unique index offer_is_open_once on offers.offer (practice_id, lead_id) where state = 'open';
create index offer_clinician on offers.offer (practice_id, clinician_id, made_at);
create index offer_client on offers.offer (practice_id, client_id);
comment on table offers.offer is 'A request for care, put before one clinician, with what the person said until it comes to nothing.';
comment on column offers.offer.holder_id is 'Who received the request, by plain id: another tenant, or the practice itself.';
comment on column offers.offer.facts is 'What tells nobody who it is: state, age, how they pay, when and how they would meet.';
comment on column offers.offer.made_on is 'The day by the practice''s wall clock, against which a pause is read.';
select house.tenant('offers.offer');
grant select, insert, update (snapshot_sealed, state, answered_at, client_id) on offers.offer to trellis_app;

create table offers.sent (
    practice_id    uuid        not null references people.practice (practice_id),
    offer_id       uuid        not null,
    lead_id        uuid        not null,
    to_practice_id uuid        not null,
    clinician_id   uuid        not null,
    sent_at        timestamptz not null,
    expires_at     timestamptz not null,
    back_at        timestamptz,
    is_taken       boolean     not null default false,
    primary key (practice_id, offer_id),
    constraint sent_back_later   check (sent_at <= back_at),
    constraint sent_taken_is_back check (back_at is not null or not is_taken)
);
create unique index sent_to_one_at_a_time on offers.sent (practice_id, lead_id) where back_at is null or is_taken;
comment on table offers.sent is 'What its holder knows of an offer: that it is out, taken, or back. Why it is back nobody here learns.';
comment on column offers.sent.practice_id is 'The holder of the request.';
select house.tenant('offers.sent');
grant select, insert, update (back_at, is_taken) on offers.sent to trellis_app;

create table offers.episode (
    practice_id uuid        not null,
    episode_id  uuid        not null,
    client_id   uuid        not null,
    began_at    timestamptz not null,
    ended_at    timestamptz,
    primary key (practice_id, episode_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint episode_is_of_one_client unique (practice_id, episode_id, client_id),
    constraint episode_ends_later       check (began_at <= ended_at)
);
create unique index episode_is_one_at_a_time on offers.episode (practice_id, client_id) where ended_at is null;
create index episode_client on offers.episode (practice_id, client_id, began_at);
comment on table offers.episode is 'A client''s care by the practice, from acceptance to discharge.';
select house.client('offers.episode');
grant select, insert, update (ended_at) on offers.episode to trellis_app;

create table offers.treating (
    practice_id  uuid        not null,
    episode_id   uuid        not null,
    client_id    uuid        not null,
    clinician_id uuid        not null,
    since        timestamptz not null,
    until        timestamptz,
    primary key (practice_id, episode_id, clinician_id, since),
    foreign key (practice_id, episode_id, client_id) references offers.episode (practice_id, episode_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint treating_ends_later check (since <= until)
);
create unique index treating_begins_once on offers.treating (practice_id, episode_id, clinician_id) where until is null;
create index treating_episode on offers.treating (practice_id, episode_id, client_id);
create index treating_of_clinician on offers.treating (practice_id, clinician_id, since);
create index treating_client on offers.treating (practice_id, client_id);
comment on table offers.treating is 'Who treats in an episode, from when to when. Only that clinician ends it.';
select house.client('offers.treating');
grant select, insert, update (until) on offers.treating to trellis_app;
