-- terms: what was agreed
--
-- A version of an agreement or an engagement is written once and never again. Both sides sign its
-- text by its hash; a change is another version. What the operator's people reach, and what a
-- statement says, is read from the version that both signed and whose days have come.
create schema terms;
grant usage on schema terms to trellis_app, trellis_check, trellis_door;

create table terms.agreement (
    practice_id  uuid        not null references people.practice (practice_id),
    agreement_id uuid        not null,
    version      int         not null,
    begins_on    date        not null,
    ends_on      date        not null,
    notice_days  int         not null,
    wording      text        not null,
    text_hash    bytea       not null,
    proposed_by  uuid,
    proposed_at  timestamptz not null,
    primary key (practice_id, agreement_id),
    constraint agreement_version_is_one   unique (practice_id, version),
    constraint agreement_text_is_one      unique (practice_id, agreement_id, text_hash),
    constraint agreement_version_counts   check (version >= 1),
    constraint agreement_lasts_a_year     check (ends_on >= (begins_on + interval '1 year')::date),
    constraint agreement_notice_is_fair   check (notice_days between 30 and 180),
    constraint agreement_has_its_hash     check (text_hash = sha256(convert_to(wording, 'UTF8')))
);
comment on table terms.agreement is 'One version of what a practice and the operator agree, as it was put before both. Never changed.';
comment on column terms.agreement.ends_on is 'The first day on which it is no longer in force. A year at least: 42 CFR 1001.952(d)(1)(iii).';
comment on column terms.agreement.notice_days is 'How many days before its end the operator says so; the practice may end it on any day.';
comment on column terms.agreement.wording is 'The text that is signed, whole.';

create table terms.service (
    practice_id  uuid    not null,
    agreement_id uuid    not null,
    service      text    not null,
    included     text[]  not null,
    excluded     text[]  not null,
    is_marketing boolean not null,
    clause       jsonb   not null,
    method       text    not null,
    evidence     text    not null,
    valid_from   date    not null,
    review_by    date    not null,
    primary key (practice_id, agreement_id, service),
    foreign key (practice_id, agreement_id) references terms.agreement (practice_id, agreement_id),
    constraint service_is_known            check (service in ('leads', 'intake', 'scheduling', 'billing', 'telehealth',
                                                              'credentialing', 'consultation')),
    constraint service_says_what_it_is     check (cardinality(included) between 1 and 20 and cardinality(excluded) between 1 and 20),
    constraint price_record_has_a_method   check (method in ('cost', 'market', 'benchmark')),
    constraint price_record_has_evidence   check (length(btrim(evidence)) between 10 and 500),
    constraint price_record_is_reviewed    check (valid_from < review_by and review_by <= (valid_from + interval '12 months')::date)
);
comment on table terms.service is 'A service that an agreement shares: what is included and what not, its price, and why that is fair market value.';
comment on column terms.service.clause is 'How the price comes about; its sentence stands in the wording.';
comment on column terms.service.method is 'With evidence, valid_from and review_by: the record without which there is no price (42 CFR 1001.952(d)(1)(iv)).';

create table terms.signature (
    practice_id  uuid        not null,
    agreement_id uuid        not null,
    side         text        not null,
    person_id    uuid        not null,
    typed_name   text        not null,
    text_hash    bytea       not null,
    signed_at    timestamptz not null,
    primary key (practice_id, agreement_id, side),
    foreign key (practice_id, agreement_id, text_hash) references terms.agreement (practice_id, agreement_id, text_hash),
    constraint signature_side_is_known        check (side in ('practice', 'operator')),
    constraint signature_has_a_name           check (length(btrim(typed_name)) between 1 and 120),
    constraint nobody_signs_for_both_sides    unique (practice_id, agreement_id, person_id)
);
create index signature_of_text on terms.signature (practice_id, agreement_id, text_hash);
comment on table terms.signature is 'Who signed which text of an agreement for which side, by the name that they typed, and when.';

create table terms.ending (
    practice_id  uuid        not null,
    agreement_id uuid        not null,
    side         text        not null,
    ends_on      date        not null,
    given_by     uuid        not null,
    given_at     timestamptz not null,
    primary key (practice_id, agreement_id),
    foreign key (practice_id, agreement_id) references terms.agreement (practice_id, agreement_id),
    constraint ending_side_is_known check (side in ('practice', 'operator'))
);
comment on table terms.ending is 'One side ends an agreement before its time. From ends_on it opens nothing.';

-- Both parties to an agreement read and write it: the practice, and the operator, which is no
-- person of the practice and must not become one by reading what it signed.
create function terms.is_party(practice uuid) returns boolean language sql stable parallel safe
return practice = any (house.practices())
    or exists (select from people.operator o where o.practice_id = any (house.practices()));
comment on function terms.is_party(uuid) is 'Whether the one who acts is of the practice or of the operator.';

do $$
declare
    name text;
begin
    foreach name in array array['agreement', 'service', 'signature', 'ending'] loop
        perform house.shared(format('terms.%I', name)::regclass, 'both parties to an agreement see it: the practice and the operator');
        execute format('create policy parties on terms.%I using (terms.is_party(practice_id))', name);
        execute format('create policy door on terms.%I for select to trellis_door using (true)', name);
        execute format('grant select, insert on terms.%I to trellis_app', name);
        execute format('grant select on terms.%I to trellis_door', name);
    end loop;
end $$;

create table terms.engagement (
    practice_id   uuid        not null,
    engagement_id uuid        not null,
    clinician_id  uuid        not null,
    version       int         not null,
    begins_on     date        not null,
    ends_on       date,
    notice_days   int         not null,
    clauses       jsonb       not null,
    wording       text        not null,
    text_hash     bytea       not null,
    proposed_by   uuid,
    proposed_at   timestamptz not null,
    primary key (practice_id, engagement_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint engagement_version_is_one  unique (practice_id, clinician_id, version),
    constraint engagement_text_is_one     unique (practice_id, engagement_id, text_hash),
    constraint engagement_version_counts  check (version >= 1),
    constraint engagement_ends_later      check (begins_on < ends_on),
    constraint engagement_notice_is_fair  check (notice_days between 0 and 90),
    constraint engagement_has_its_hash    check (text_hash = sha256(convert_to(wording, 'UTF8')))
);
comment on table terms.engagement is 'One version of what a practice and one of its clinicians agree: how work is paid and who bears what. Never changed.';
comment on column terms.engagement.ends_on is 'The first day on which it is no longer in force; without one it lasts until another is signed.';
select house.tenant('terms.engagement');
grant select, insert on terms.engagement to trellis_app;

create table terms.engagement_signature (
    practice_id   uuid        not null,
    engagement_id uuid        not null,
    side          text        not null,
    person_id     uuid        not null,
    typed_name    text        not null,
    text_hash     bytea       not null,
    signed_at     timestamptz not null,
    primary key (practice_id, engagement_id, side),
    foreign key (practice_id, engagement_id, text_hash) references terms.engagement (practice_id, engagement_id, text_hash),
    constraint engagement_signature_side_is_known check (side in ('practice', 'clinician')),
    constraint engagement_signature_has_a_name    check (length(btrim(typed_name)) between 1 and 120),
    constraint nobody_signs_for_both_sides_of_an_engagement unique (practice_id, engagement_id, person_id)
);
create index engagement_signature_of_text on terms.engagement_signature (practice_id, engagement_id, text_hash);
comment on table terms.engagement_signature is 'Who signed which text of an engagement for which side, by the name that they typed, and when.';
select house.tenant('terms.engagement_signature');
grant select, insert on terms.engagement_signature to trellis_app;

create table terms.payer (
    payer_code text not null primary key,
    name       text not null,
    x12_id     text not null,
    constraint payer_code_is_a_word  check (payer_code ~ '^[A-Z0-9]{2,20}$'),
    constraint payer_has_a_name      check (length(name) between 1 and 120),
    constraint payer_x12_id_is_short check (x12_id ~ '^[A-Z0-9]{2,80}$')
);
comment on table terms.payer is 'Those who pay for care on behalf of clients, as claims name them. One list for all practices.';
comment on column terms.payer.x12_id is 'Payer identifier: NM109 of loop 2010BB in X12 005010X222A1.';
select house.shared('terms.payer', 'a payer is the same for every practice');
create policy everyone_reads on terms.payer for select using (true);
create policy owner_lists on terms.payer for insert to trellis_owner with check (true);
grant select on terms.payer to trellis_app;
insert into terms.payer (payer_code, name, x12_id) values ('LONESTAR', 'Lone Star Health (demo)', 'LSTAR');

create table terms.fee (
    practice_id uuid        not null references people.practice (practice_id),
    payer_code  text        references terms.payer (payer_code),
    cpt         text        not null,
    from_date   date        not null,
    cents       bigint      not null,
    set_by      uuid,
    set_at      timestamptz not null,
    constraint fee_of_a_day_is_one unique nulls not distinct (practice_id, payer_code, cpt, from_date),
    constraint fee_code_is_a_code  check (cpt ~ '^[0-9A-Z][0-9]{4}$'),
    constraint fee_is_an_amount    check (cents between 1 and 1000000)
);
create index fee_payer on terms.fee (payer_code);
comment on table terms.fee is 'What a service costs from a day on, for whoever pays themselves or as agreed with a payer. A change is another row.';
comment on column terms.fee.payer_code is 'Absent for whoever pays themselves.';
comment on column terms.fee.cpt is 'CPT or HCPCS code.';
select house.tenant('terms.fee');
grant select, insert on terms.fee to trellis_app;

create table terms.billing_right (
    practice_id           uuid        not null references people.practice (practice_id),
    id                    uuid        not null,
    clinician_id          uuid        not null,
    payer_code            text        not null references terms.payer (payer_code),
    bills_as_clinician_id uuid        not null,
    from_date             date        not null,
    to_date               date,
    set_by                uuid,
    set_at                timestamptz not null,
    primary key (practice_id, id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    foreign key (practice_id, bills_as_clinician_id) references people.clinician (practice_id, clinician_id),
    constraint billing_right_of_a_day_is_one unique (practice_id, clinician_id, payer_code, from_date),
    constraint billing_right_ends_later      check (from_date < to_date)
);
create index billing_right_payer on terms.billing_right (payer_code);
create index billing_right_bills_as on terms.billing_right (practice_id, bills_as_clinician_id);
comment on table terms.billing_right is 'Whose work is billed to a payer, and under whose name, from day to day. Without a row there is no claim.';
comment on column terms.billing_right.to_date is 'The first day on which it no longer holds.';
select house.tenant('terms.billing_right');
grant select, insert, update (to_date) on terms.billing_right to trellis_app;
