-- hours: when a clinician works, as she says it
--
-- What she offers, what she keeps for herself, and whether she takes anybody new. Times are wall
-- clock of her practice; time that is kept is also spelled out as stretches, so that a booking can
-- be refused by a constraint. The triggers in replaceable/hours.sql let nobody else change any of it.
create extension if not exists btree_gist with schema house;

create schema hours;
grant usage on schema hours to trellis_app, trellis_check;

create table hours.calendar (
    practice_id  uuid not null,
    clinician_id uuid not null,
    spelled_to   date,
    primary key (practice_id, clinician_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id)
);
comment on table hours.calendar is 'One row for each clinician: whoever books or protects time locks it first.';
comment on column hours.calendar.spelled_to is 'The last date to which protected time is spelled out; nothing is booked beyond it.';
select house.common('hours.calendar');
-- A client who books locks the row too; to change it is not theirs.
create policy client_locks on hours.calendar for update using (practice_id = any (house.client_practices())) with check (false);
grant select, insert, update (spelled_to) on hours.calendar to trellis_app;

create table hours.weekly (
    practice_id  uuid        not null,
    weekly_id    uuid        not null,
    clinician_id uuid        not null,
    weekday      smallint    not null,
    opens_min    smallint    not null,
    closes_min   smallint    not null,
    only_for     text,
    only_at      text,
    opened_at    timestamptz not null,
    closed_at    timestamptz,
    primary key (practice_id, weekly_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint weekly_weekday_is_known check (weekday between 0 and 6),
    constraint weekly_lies_in_one_day  check (0 <= opens_min and opens_min < closes_min and closes_min <= 1440),
    constraint weekly_asker_is_known   check (only_for in ('new', 'current')),
    constraint weekly_place_is_known   check (only_at in ('office', 'video')),
    constraint weekly_closes_later     check (opened_at <= closed_at),
    constraint weekly_hours_do_not_overlap exclude using gist (
        practice_id with =, clinician_id with =, weekday with =, int4range(opens_min, closes_min) with &&
    ) where (closed_at is null)
);
create index weekly_of_clinician on hours.weekly (practice_id, clinician_id, weekday, opens_min);
comment on table hours.weekly is 'Hours that are offered each week, in wall clock of the practice. Closing them ends the row.';
comment on column hours.weekly.weekday is 'Monday is 0, Sunday is 6.';
comment on column hours.weekly.opens_min is 'Minutes from midnight by the wall clock.';
comment on column hours.weekly.closes_min is 'Minutes from midnight by the wall clock; 1440 is the end of the day.';
select house.common('hours.weekly');
grant select, insert, update (closed_at) on hours.weekly to trellis_app;

create table hours.exception (
    practice_id  uuid        not null,
    exception_id uuid        not null,
    clinician_id uuid        not null,
    on_date      date        not null,
    opens_min    smallint,
    closes_min   smallint,
    made_at      timestamptz not null,
    ended_at     timestamptz,
    primary key (practice_id, exception_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint exception_is_hours_or_none check ((opens_min is null) = (closes_min is null)),
    constraint exception_lies_in_one_day  check (0 <= opens_min and opens_min < closes_min and closes_min <= 1440),
    constraint exception_ends_later       check (made_at <= ended_at),
    -- A date without hours takes the whole of it, so that it cannot be both.
    constraint exception_says_one_thing exclude using gist (
        practice_id with =, clinician_id with =, on_date with =,
        int4range(coalesce(opens_min, 0::smallint), coalesce(closes_min, 1440::smallint)) with &&
    ) where (ended_at is null)
);
create index exception_of_clinician on hours.exception (practice_id, clinician_id, on_date);
comment on table hours.exception is 'One date with other hours than its week says; without hours it is closed.';
select house.common('hours.exception');
grant select, insert, update (ended_at) on hours.exception to trellis_app;

create table hours.leave (
    practice_id   uuid        not null,
    leave_id      uuid        not null,
    clinician_id  uuid        not null,
    from_date     date        not null,
    to_date       date        not null,
    taken_at      timestamptz not null,
    given_back_at timestamptz,
    primary key (practice_id, leave_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint leave_ends_later         check (from_date <= to_date),
    constraint leave_lasts_a_year_at_most check (to_date - from_date <= 366),
    constraint leave_is_given_back_later check (taken_at <= given_back_at),
    constraint leave_does_not_overlap exclude using gist (
        practice_id with =, clinician_id with =, daterange(from_date, to_date, '[]') with &&
    ) where (given_back_at is null)
);
create index leave_of_clinician on hours.leave (practice_id, clinician_id, from_date);
comment on table hours.leave is 'Dates away, both ends included. Why is nobody''s business.';
select house.common('hours.leave');
grant select, insert, update (given_back_at) on hours.leave to trellis_app;

create table hours.protected (
    practice_id   uuid        not null,
    protected_id  uuid        not null,
    clinician_id  uuid        not null,
    weekday       smallint    not null,
    opens_min     smallint    not null,
    closes_min    smallint    not null,
    since         timestamptz not null,
    given_back_at timestamptz,
    primary key (practice_id, protected_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint protected_weekday_is_known check (weekday between 0 and 6),
    constraint protected_lies_in_one_day  check (0 <= opens_min and opens_min < closes_min and closes_min <= 1440),
    constraint protected_is_given_back_later check (since <= given_back_at),
    constraint protected_time_does_not_overlap exclude using gist (
        practice_id with =, clinician_id with =, weekday with =, int4range(opens_min, closes_min) with &&
    ) where (given_back_at is null)
);
create index protected_of_clinician on hours.protected (practice_id, clinician_id, weekday, opens_min);
comment on table hours.protected is 'Time of each week that only the clinician gives back. hours.stretch spells it out.';
select house.common('hours.protected');
grant select, insert, update (given_back_at) on hours.protected to trellis_app;

create table hours.stretch (
    practice_id   uuid      not null,
    stretch_id    uuid      not null,
    clinician_id  uuid      not null,
    kind          text      not null,
    protected_id  uuid,
    leave_id      uuid,
    on_date       date      not null,
    during        tstzrange not null,
    given_back_at timestamptz,
    primary key (practice_id, stretch_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    foreign key (practice_id, protected_id) references hours.protected (practice_id, protected_id),
    foreign key (practice_id, leave_id) references hours.leave (practice_id, leave_id),
    constraint stretch_kind_is_known   check (kind in ('protected', 'leave')),
    constraint stretch_spells_one_thing check ((kind = 'protected') = (protected_id is not null)
                                           and (kind = 'leave') = (leave_id is not null)),
    constraint stretch_takes_time      check (lower(during) < upper(during) and lower_inc(during) and not upper_inc(during)),
    constraint stretch_is_spelled_once unique (practice_id, protected_id, on_date)
);
create index stretch_of_clinician on hours.stretch (practice_id, clinician_id);
create index stretch_of_leave on hours.stretch (practice_id, leave_id);
create index stretch_kept on hours.stretch using gist (practice_id, clinician_id, during) where (given_back_at is null);
comment on table hours.stretch is 'Kept time as instants: leave, and protected time up to hours.calendar.spelled_to. What was given back is kept no more.';
comment on column hours.stretch.on_date is 'The date of the practice''s wall clock on which it begins.';
select house.common('hours.stretch');
grant select, insert, update (given_back_at) on hours.stretch to trellis_app;

create table hours.intake (
    practice_id  uuid not null,
    clinician_id uuid not null,
    clients_max  smallint,
    paused_at    timestamptz,
    reopens_on   date,
    primary key (practice_id, clinician_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint intake_clients_max_is_a_number check (clients_max between 0 and 500),
    constraint intake_reopens_after_a_pause   check (reopens_on is null or paused_at is not null)
);
comment on table hours.intake is 'How many clients a clinician takes, and whether she takes anybody new now. No row: no bound, no pause.';
comment on column hours.intake.reopens_on is 'From this date on the pause is over by itself; without one she reopens.';
select house.tenant('hours.intake');
grant select, insert, update (clients_max, paused_at, reopens_on) on hours.intake to trellis_app;
