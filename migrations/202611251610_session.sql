-- session: what took place
--
-- A session is measured: it begins when its clinician says so, and ends when she says so. What was
-- planned stays with the appointment and is no column here, so that a plan can never be read as
-- what happened. The triggers in replaceable/session.sql let nobody else time it.
create schema session;
grant usage on schema session to trellis_app, trellis_check;

create table session.session (
    practice_id    uuid        not null,
    session_id     uuid        not null,
    appointment_id uuid        not null,
    client_id      uuid        not null,
    clinician_id   uuid        not null,
    place          text        not null,
    began_at       timestamptz not null,
    ended_at       timestamptz,
    primary key (practice_id, session_id),
    foreign key (practice_id, appointment_id, client_id)
        references calendar.attendee (practice_id, appointment_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint session_of_an_appointment_is_one unique (practice_id, appointment_id),
    constraint session_is_of_one_client unique (practice_id, session_id, client_id, clinician_id),
    constraint session_place_is_known check (place in ('office', 'video')),
    constraint session_ends_later     check (began_at <= ended_at)
);
create unique index session_is_open_once on session.session (practice_id, clinician_id) where ended_at is null;
create index session_attendee on session.session (practice_id, appointment_id, client_id);
create index session_of_clinician on session.session (practice_id, clinician_id, began_at);
create index session_of_client on session.session (practice_id, client_id, began_at);
comment on table session.session is 'A meeting that takes place or took place, with its measured beginning and end.';
comment on column session.session.ended_at is 'Measured; while it is empty, the session is open and says so.';
select house.tenant('session.session');
grant select, insert, update (ended_at) on session.session to trellis_app;

create table session.said (
    practice_id uuid        not null,
    said_id     uuid        not null,
    session_id  uuid        not null,
    began_at    timestamptz not null,
    ended_at    timestamptz not null,
    why         text        not null,
    said_by     uuid        not null references people.person (person_id),
    said_at     timestamptz not null,
    primary key (practice_id, said_id),
    foreign key (practice_id, session_id) references session.session (practice_id, session_id),
    constraint said_takes_time     check (began_at < ended_at and ended_at <= began_at + interval '12 hours'),
    constraint said_is_over        check (ended_at <= said_at),
    constraint said_says_why       check (why in ('pressed_late', 'forgot_to_stop', 'went_on_elsewhere'))
);
create index said_of_session on session.said (practice_id, session_id, said_at);
create index said_by_whom on session.said (said_by);
comment on table session.said is 'The clinician''s own word about when a session took place. It stands beside the measured time; the last one counts.';
select house.tenant('session.said');
grant select, insert on session.said to trellis_app;
