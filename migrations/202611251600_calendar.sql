-- calendar: time that is promised
--
-- An appointment holds a stretch of a clinician's time and says nothing of for whom, so that a
-- client who books can see that an hour is taken and no more. Two promises of one clinician never
-- overlap: a constraint says so to every program that will ever write here.
create schema calendar;
grant usage on schema calendar to trellis_app, trellis_check;

create table calendar.visit_type (
    practice_id   uuid    not null references people.practice (practice_id),
    visit_type_id uuid    not null,
    name          text    not null,
    length_min    int     not null,
    before_min    int     not null,
    after_min     int     not null,
    grid_min      int     not null,
    notice_min    int     not null,
    cancel_min    int     not null,
    cpt           text,
    in_office     boolean not null,
    by_video      boolean not null,
    is_first      boolean not null,
    for_clients   boolean not null,
    made_at       timestamptz not null,
    ended_at      timestamptz,
    primary key (practice_id, visit_type_id),
    constraint visit_type_has_a_name     check (length(name) between 1 and 60),
    constraint visit_type_takes_time     check (length_min between 5 and 480),
    constraint visit_type_buffers_are_short check (before_min between 0 and 120 and after_min between 0 and 120),
    constraint visit_type_starts_on_a_grid  check (grid_min between 5 and 240),
    constraint visit_type_notice_is_a_month_at_most check (notice_min between 0 and 44640),
    constraint visit_type_is_canceled_in_time check (cancel_min between 0 and 20160),
    constraint visit_type_cpt_has_five_signs  check (cpt ~ '^[0-9]{4}[0-9A-Z]$'),
    constraint visit_type_is_somewhere   check (in_office or by_video),
    constraint visit_type_ends_later     check (made_at <= ended_at)
);
create unique index visit_type_name_is_one on calendar.visit_type (practice_id, name) where ended_at is null;
comment on table calendar.visit_type is 'What can be booked: how long, with which buffers, where, and by which code it is usually charged.';
comment on column calendar.visit_type.grid_min is 'Minutes from one start to the next, counted from the beginning of open hours.';
comment on column calendar.visit_type.notice_min is 'A client books it at least so many minutes ahead; who works here is not bound by it.';
comment on column calendar.visit_type.cancel_min is 'Whoever cancels later than so many minutes before it begins, cancels late.';
comment on column calendar.visit_type.is_first is 'The first visit with a clinician; every other type is for those who have had it.';
comment on column calendar.visit_type.for_clients is 'Whether clients book it themselves.';
select house.common('calendar.visit_type');
grant select, insert, update (ended_at) on calendar.visit_type to trellis_app;

create table calendar.appointment (
    practice_id    uuid        not null,
    appointment_id uuid        not null,
    clinician_id   uuid        not null,
    visit_type_id  uuid        not null,
    starts_at      timestamptz not null,
    ends_at        timestamptz not null,
    during         tstzrange   not null generated always as (tstzrange(starts_at, ends_at)) stored,
    before_min     int         not null,
    after_min      int         not null,
    place          text        not null,
    state          text        not null,
    held_until     timestamptz,
    made_at        timestamptz not null,
    primary key (practice_id, appointment_id),
    foreign key (practice_id, clinician_id) references hours.calendar (practice_id, clinician_id),
    foreign key (practice_id, visit_type_id) references calendar.visit_type (practice_id, visit_type_id),
    constraint appointment_takes_time     check (starts_at < ends_at and ends_at <= starts_at + interval '12 hours'),
    constraint appointment_buffers_are_short check (before_min between 0 and 120 and after_min between 0 and 120),
    constraint appointment_place_is_known check (place in ('office', 'video')),
    constraint appointment_state_is_known check (state in ('held', 'lapsed', 'booked', 'kept', 'missed', 'cancelled')),
    constraint appointment_hold_has_an_end check (state <> 'held' or held_until is not null),
    constraint appointment_never_overlaps exclude using gist (
        practice_id with =, clinician_id with =, during with &&
    ) where (state in ('held', 'booked', 'kept', 'missed'))
);
create index appointment_of_clinician on calendar.appointment (practice_id, clinician_id, starts_at);
create index appointment_of_type on calendar.appointment (practice_id, visit_type_id);
comment on table calendar.appointment is 'Planned time. Who is to be there is calendar.attendee; what became of it, calendar.outcome.';
comment on column calendar.appointment.during is 'The time with the client; buffers are beside it.';
comment on column calendar.appointment.held_until is 'A hold that was not booked by then keeps nobody out: whoever comes next lets it lapse.';
select house.common('calendar.appointment');

create table calendar.attendee (
    practice_id    uuid        not null,
    appointment_id uuid        not null,
    client_id      uuid        not null,
    episode_id     uuid        not null,
    made_by        uuid        not null references people.person (person_id),
    made_at        timestamptz not null,
    primary key (practice_id, appointment_id, client_id),
    foreign key (practice_id, appointment_id) references calendar.appointment (practice_id, appointment_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, episode_id, client_id) references offers.episode (practice_id, episode_id, client_id)
);
create index attendee_client on calendar.attendee (practice_id, client_id);
create index attendee_episode on calendar.attendee (practice_id, episode_id, client_id);
create index attendee_made_by on calendar.attendee (made_by);
comment on table calendar.attendee is 'Which client an appointment is for, and who booked it.';
select house.client('calendar.attendee');
grant select, insert on calendar.attendee to trellis_app;

create table calendar.outcome (
    practice_id    uuid        not null,
    appointment_id uuid        not null,
    client_id      uuid        not null,
    outcome        text        not null,
    said_by        uuid        not null references people.person (person_id),
    said_for       text        not null,
    said_at        timestamptz not null,
    is_late        boolean     not null,
    primary key (practice_id, appointment_id, outcome),
    foreign key (practice_id, appointment_id, client_id)
        references calendar.attendee (practice_id, appointment_id, client_id),
    constraint outcome_is_known   check (outcome in ('kept', 'missed', 'cancelled')),
    constraint outcome_side_is_known check (said_for in ('client', 'practice')),
    constraint outcome_of_a_visit_is_said_by_the_practice check (outcome = 'cancelled' or said_for = 'practice'),
    constraint outcome_late_is_a_client_s_canceling check (not is_late or (outcome = 'cancelled' and said_for = 'client'))
);
create index outcome_attendee on calendar.outcome (practice_id, appointment_id, client_id);
create index outcome_said_by on calendar.outcome (said_by);
comment on table calendar.outcome is 'What became of an appointment, who said so, and when. A later word stands beside the earlier one.';
comment on column calendar.outcome.said_for is 'On whose behalf: a client who calls the practice cancels, whoever writes it down.';
comment on column calendar.outcome.is_late is 'The client canceled later than the practice''s policy allows without consequence.';
select house.client('calendar.outcome');
grant select, insert on calendar.outcome to trellis_app;

-- A client books and cancels in the practices of which they are one: what they write is theirs, and
-- what they may do to another's row is let a stale hold lapse.
create policy client_books on calendar.appointment for insert
    with check (practice_id = any (house.client_practices()) and state in ('held', 'booked'));
create policy client_changes_own on calendar.appointment for update
    using (practice_id = any (house.client_practices()) and exists (
        select from calendar.attendee t
         where t.practice_id = appointment.practice_id
           and t.appointment_id = appointment.appointment_id));
create policy client_lets_lapse on calendar.appointment for update
    using (practice_id = any (house.client_practices()) and state = 'held')
    with check (practice_id = any (house.client_practices()) and state = 'lapsed');
grant select (practice_id, appointment_id, clinician_id, visit_type_id, starts_at, ends_at, during, before_min,
              after_min, place, state, held_until, made_at),
      insert (practice_id, appointment_id, clinician_id, visit_type_id, starts_at, ends_at, before_min,
              after_min, place, state, held_until, made_at),
      update (state) on calendar.appointment to trellis_app;
