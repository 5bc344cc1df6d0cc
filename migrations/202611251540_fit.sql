-- fit: what a clinician says about whom they see
--
-- The whole of what is looked at when a request is matched, besides licenses and hours. There is no
-- column for how often somebody declined, how many they see or what they bring in.
create schema fit;
grant usage on schema fit to trellis_app, trellis_check;

create table fit.profile (
    practice_id    uuid        not null,
    clinician_id   uuid        not null,
    concerns       jsonb       not null default '{}',
    modalities     jsonb       not null default '{}',
    languages      text[]      not null default '{en}',
    payers         text[]      not null default '{}',
    meets          text[]      not null default '{video}',
    age_min        smallint    not null default 18,
    age_max        smallint    not null default 120,
    self_pay_cents int,
    style          text,
    said_at        timestamptz not null,
    primary key (practice_id, clinician_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint profile_ages_are_in_order check (0 <= age_min and age_min <= age_max and age_max <= 120),
    constraint profile_price_is_a_price  check (self_pay_cents between 0 and 200000),
    constraint profile_meets_somehow     check (cardinality(meets) >= 1 and meets <@ array['video', 'office']),
    constraint profile_speaks_something  check (cardinality(languages) >= 1),
    constraint profile_style_is_known    check (style in ('asks', 'structured', 'mixed'))
);
comment on table fit.profile is 'Whom a clinician sees and how, in their own word alone. What is left blank is not said.';
comment on column fit.profile.concerns is 'Concern to rating: specialty, treats, will_see, never.';
comment on column fit.profile.modalities is 'Method to training: certified, trained, supervised-learning, informed.';
comment on column fit.profile.payers is 'Codes of the payers with whom they are in network here.';
comment on column fit.profile.self_pay_cents is 'What a visit costs who pays alone; nothing where they take nobody so.';
select house.common('fit.profile');
grant select, insert, update (concerns, modalities, languages, payers, meets, age_min, age_max, self_pay_cents, style,
                              said_at) on fit.profile to trellis_app;
