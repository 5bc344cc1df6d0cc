-- payouts: hours that a clinician hands in to be paid
--
-- An engagement may pay admin and supervision by the hour. How long that was, only the clinician
-- knows: they hand it in month by month, and the last word before the month is closed counts.
create table payouts.handed_in (
    practice_id  uuid        not null,
    id           uuid        not null,
    place        bigint      not null generated always as identity,
    clinician_id uuid        not null,
    month        date        not null,
    kind         text        not null,
    minutes      int         not null,
    said_at      timestamptz not null,
    primary key (practice_id, id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint handed_in_of_a_month       check (extract(day from month) = 1),
    constraint handed_in_kind_is_paid     check (kind in ('admin', 'supervision')),
    constraint handed_in_fits_in_a_month  check (minutes between 0 and 44700)
);
create index handed_in_last on payouts.handed_in (practice_id, month, clinician_id, kind, place);
create index handed_in_clinician on payouts.handed_in (practice_id, clinician_id);
comment on table payouts.handed_in is 'Minutes of a month that a clinician asks to be paid for. Added, and never changed: the last word counts.';
select house.tenant('payouts.handed_in');
grant select, insert on payouts.handed_in to trellis_app;

alter table payouts.line_row
    drop constraint line_row_kind_is_known,
    add constraint line_row_kind_is_known check (kind in (
        'entry', 'charge', 'claim', 'request', 'seat', 'payment', 'visit', 'hours'));
