-- people: who is who
--
-- A person is one human, known by one address, whatever they are in which practice. What a practice
-- knows of them stays with the practice: no query leads from a person to clients of another one.
create schema people;
grant usage on schema people to trellis_app, trellis_check, trellis_door;

create function people.is_npi(npi text) returns boolean language sql immutable parallel safe
return npi ~ '^[12][0-9]{9}$' and (
    -- Luhn over 80840 and the ten digits; the prefix adds 24 (45 CFR 162.406).
    select (24 + sum(case when at % 2 = 1 then digit * 2 / 10 + digit * 2 % 10 else digit end)) % 10 = 0
      from (select at, substr(npi, at, 1)::int as digit from generate_series(1, 10) at) digits);
comment on function people.is_npi(text) is 'Whether this is a National Provider Identifier, by its check digit.';

create function people.is_address(address text) returns boolean language sql immutable parallel safe
return address = lower(address) and length(address) <= 254 and address ~ '^[^[:space:]@]+@[^[:space:]@]+$';
comment on function people.is_address(text) is 'Whether this is an e-mail address in the form in which we keep it.';

create table people.practice (
    practice_id uuid        not null primary key,
    kind        text        not null,
    name        text        not null,
    legal_name  text        not null,
    npi         text,
    zone        text        not null,
    made_at     timestamptz not null,
    constraint practice_kind_is_known    check (kind in ('operator', 'group', 'sole')),
    constraint practice_has_names        check (length(name) between 1 and 120 and length(legal_name) between 1 and 200),
    constraint practice_npi_has_its_check_digit check (people.is_npi(npi))
);
comment on table people.practice is 'The tenants: practices, and the operator, which is a row like them.';
comment on column people.practice.zone is 'IANA zone of its wall clock.';
select house.common('people.practice');
create policy door on people.practice for select to trellis_door using (true);
grant select, insert, update (name, legal_name, npi, zone) on people.practice to trellis_app;
grant select on people.practice to trellis_door;

create table people.operator (
    is_here     boolean not null primary key default true,
    practice_id uuid    not null references people.practice (practice_id),
    constraint operator_is_one check (is_here)
);
create index operator_practice on people.operator (practice_id);
comment on table people.operator is 'Which tenant is the operator: one row, or none yet.';
select house.shared('people.operator', 'every practice may know who the operator is');
create policy everyone_reads on people.operator for select using (true);
create policy operator_says_so on people.operator for insert with check (practice_id = any (house.practices()));
grant select, insert on people.operator to trellis_app;
grant select on people.operator to trellis_door;

create table people.tax_id (
    practice_id uuid not null primary key references people.practice (practice_id),
    ein         text,
    ssn_sealed  bytea,
    constraint tax_id_is_one         check (num_nonnulls(ein, ssn_sealed) = 1),
    constraint tax_id_ein_has_digits check (ein ~ '^[0-9]{9}$')
);
comment on table people.tax_id is 'By which number a practice is taxed: an EIN, or its owner''s sealed SSN.';
select house.tenant('people.tax_id');
grant select, insert, update (ein, ssn_sealed) on people.tax_id to trellis_app;

create table people.person (
    person_id uuid        not null primary key,
    name      text        not null,
    address   text        not null,
    met_at    timestamptz not null,
    constraint person_has_a_name    check (length(name) between 1 and 120),
    constraint person_has_an_address check (people.is_address(address)),
    constraint person_address_is_one unique (address)
);
comment on table people.person is 'A human whom we know. Each sees their own row alone.';
select house.shared('people.person', 'one human may be something in several practices');
create policy own_person on people.person for select using (person_id = house.person());
create policy door on people.person to trellis_door using (true);
grant select on people.person to trellis_app;
grant select, insert on people.person to trellis_door;

create table people.member (
    practice_id uuid        not null references people.practice (practice_id),
    person_id   uuid        not null references people.person (person_id),
    name        text        not null,
    since       timestamptz not null,
    primary key (practice_id, person_id),
    constraint member_has_a_name check (length(name) between 1 and 120)
);
create index member_person on people.member (person_id);
comment on table people.member is 'Who belongs to a practice or to the operator, by the name that is used there.';
select house.tenant('people.member');
create policy own_person on people.member for select using (person_id = house.person());
create policy door on people.member to trellis_door using (true);
grant select, insert, update (name) on people.member to trellis_app;
grant select, insert on people.member to trellis_door;

create table people.role (
    practice_id uuid        not null,
    id          uuid        not null,
    person_id   uuid        not null,
    role        text        not null,
    given_at    timestamptz not null,
    given_by    uuid,
    ended_at    timestamptz,
    ended_by    uuid,
    primary key (practice_id, id),
    foreign key (practice_id, person_id) references people.member (practice_id, person_id),
    constraint role_is_known    check (role in ('owner', 'clinician', 'intake', 'scheduling', 'billing',
                                                'credentialing', 'support')),
    constraint role_end_says_who check ((ended_at is null) = (ended_by is null)),
    constraint role_ends_later   check (given_at <= ended_at)
);
create unique index role_is_held_once on people.role (practice_id, person_id, role) where ended_at is null;
create index role_member on people.role (practice_id, person_id);
create index role_person on people.role (person_id) where ended_at is null;
comment on table people.role is 'What somebody is at a practice, from when to when. A change ends one row and begins another.';
comment on column people.role.given_by is 'Who gave it; nobody where the practice was founded with it.';
select house.tenant('people.role');
create policy own_person on people.role for select using (person_id = house.person());
create policy door on people.role to trellis_door using (true);
grant select, insert, update (ended_at, ended_by) on people.role to trellis_app;
grant select, insert on people.role to trellis_door;

create table people.clinician (
    practice_id  uuid not null references people.practice (practice_id),
    clinician_id uuid not null,
    person_id    uuid not null references people.person (person_id),
    name         text not null,
    credential   text not null,
    npi          text,
    taxonomy     text,
    primary key (practice_id, clinician_id),
    constraint clinician_is_one_person unique (practice_id, person_id),
    constraint clinician_has_a_name check (length(name) between 1 and 120 and length(credential) between 1 and 40),
    constraint clinician_npi_has_its_check_digit check (people.is_npi(npi)),
    constraint clinician_taxonomy_has_ten_signs  check (taxonomy ~ '^[0-9]{3}[0-9A-Z]{6}X$')
);
create index clinician_person on people.clinician (person_id);
comment on table people.clinician is 'Who treats at a practice, by the name and credential that clients read.';
comment on column people.clinician.taxonomy is 'NUCC Health Care Provider Taxonomy code.';
select house.common('people.clinician');
grant select, insert, update (name, credential, npi, taxonomy) on people.clinician to trellis_app;

create table people.license (
    practice_id  uuid not null,
    id           uuid not null,
    clinician_id uuid not null,
    state        text not null,
    kind         text not null,
    number       text not null,
    expires_on   date not null,
    verified_on  date,
    primary key (practice_id, id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint license_is_listed_once unique (practice_id, clinician_id, state, kind, number),
    constraint license_state_has_two_letters check (state ~ '^[A-Z]{2}$'),
    constraint license_has_kind_and_number check (length(kind) between 1 and 40 and length(number) between 1 and 40)
);
comment on table people.license is 'A clinician''s license or registration in one state, and when it was last checked at its source.';
select house.tenant('people.license');
grant select, insert, update (expires_on, verified_on) on people.license to trellis_app;

create table people.supervision (
    practice_id   uuid not null,
    id            uuid not null,
    supervisee_id uuid not null,
    supervisor_id uuid not null,
    begins_on     date not null,
    ends_on       date,
    primary key (practice_id, id),
    foreign key (practice_id, supervisee_id) references people.clinician (practice_id, clinician_id),
    foreign key (practice_id, supervisor_id) references people.clinician (practice_id, clinician_id),
    constraint supervision_is_of_another check (supervisee_id <> supervisor_id),
    constraint supervision_ends_later    check (begins_on <= ends_on)
);
create index supervision_supervisee on people.supervision (practice_id, supervisee_id, begins_on);
create index supervision_supervisor on people.supervision (practice_id, supervisor_id, begins_on);
comment on table people.supervision is 'Who supervises whom, from which day to which.';
select house.tenant('people.supervision');
grant select, insert, update (ends_on) on people.supervision to trellis_app;

create table people.client (
    practice_id uuid        not null references people.practice (practice_id),
    client_id   uuid        not null,
    number      int         not null,
    name        text        not null,
    address     text,
    phone       text,
    born_on     date,
    state       text        not null,
    person_id   uuid        references people.person (person_id),
    since       timestamptz not null,
    primary key (practice_id, client_id),
    constraint client_number_is_one  unique (practice_id, number),
    constraint client_number_counts  check (number >= 1),
    constraint client_has_a_name     check (length(name) between 1 and 120),
    constraint client_address_is_one_line check (people.is_address(address)),
    constraint client_phone_is_short check (length(phone) between 3 and 40),
    constraint client_state_has_two_letters check (state ~ '^[A-Z]{2}$')
);
create unique index client_is_one_person on people.client (practice_id, person_id) where person_id is not null;
create index client_person on people.client (person_id);
comment on table people.client is 'Who receives care from a practice. The same human at another practice is another row there.';
comment on column people.client.number is 'Counts within the practice; what people and claims say.';
comment on column people.client.state is 'Where they are as a rule: a license must reach there.';
comment on column people.client.person_id is 'Who they are when they sign in; many never do.';
select house.client('people.client');
create policy door on people.client to trellis_door using (true);
grant select, insert, update (name, address, phone, born_on, state, person_id) on people.client to trellis_app;
grant select on people.client to trellis_door;

create table people.invitation (
    practice_id  uuid        not null references people.practice (practice_id),
    id           uuid        not null,
    role         text,
    client_id    uuid,
    name         text        not null,
    address      text        not null,
    token_hash   bytea       not null,
    made_by      uuid,
    made_at      timestamptz not null,
    ends_at      timestamptz not null,
    taken_at     timestamptz,
    withdrawn_at timestamptz,
    primary key (practice_id, id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint invitation_is_to_one_thing  check (num_nonnulls(role, client_id) = 1),
    constraint invitation_role_is_known    check (role in ('owner', 'clinician', 'intake', 'scheduling', 'billing',
                                                           'credentialing', 'support')),
    constraint invitation_has_a_name       check (length(name) between 1 and 120),
    constraint invitation_has_an_address   check (people.is_address(address)),
    constraint invitation_keeps_a_hash     check (length(token_hash) = 32),
    constraint invitation_ends_one_way     check (taken_at is null or withdrawn_at is null)
);
create index invitation_client on people.invitation (practice_id, client_id);
create index invitation_token on people.invitation (token_hash);
comment on table people.invitation is 'Asked to come: as something, or as the client that they are. Of the link only a hash is kept.';
select house.tenant('people.invitation');
create policy door on people.invitation to trellis_door using (true);
grant select, insert, update (withdrawn_at) on people.invitation to trellis_app;
grant select, update (taken_at) on people.invitation to trellis_door;

create table people.credential (
    person_id      uuid        not null primary key references people.person (person_id),
    salt           bytea       not null,
    memory_kib     int         not null,
    passes         int         not null,
    lanes          int         not null,
    verifier       bytea       not null,
    totp_sealed    bytea       not null,
    totp_last_step bigint      not null,
    set_at         timestamptz not null,
    constraint credential_has_its_lengths check (length(salt) = 16 and length(verifier) = 32),
    constraint credential_costs_something check (memory_kib >= 8 and passes >= 1 and lanes >= 1)
);
comment on table people.credential is 'How a person proves who they are. Read by functions of the door alone; no role that serves may look.';
comment on column people.credential.totp_last_step is 'The last step whose code was taken: each counts once.';
select house.shared('people.credential', 'sign-in belongs to a person, not to a practice');
create policy door on people.credential to trellis_door using (true);
grant select, insert, update (totp_last_step) on people.credential to trellis_door;

create table people.sign_in (
    id         uuid        not null primary key,
    token_hash bytea       not null,
    person_id  uuid        not null references people.person (person_id),
    is_client  boolean     not null,
    machine    text        not null,
    made_at    timestamptz not null,
    passed_at  timestamptz,
    seen_at    timestamptz not null,
    revoked_at timestamptz,
    constraint sign_in_token_is_one unique (token_hash),
    constraint sign_in_keeps_a_hash check (length(token_hash) = 32),
    constraint sign_in_machine_is_short check (length(machine) <= 80)
);
create index sign_in_person on people.sign_in (person_id, made_at);
comment on table people.sign_in is 'A person''s visit. Of the cookie only a hash is kept; all its times are wall clock.';
comment on column people.sign_in.passed_at is 'When the second factor was given; until then nobody is recognized.';
select house.shared('people.sign_in', 'a visit belongs to a person, whatever practices they see');
create policy own_person on people.sign_in for select using (person_id = house.person());
create policy own_person_ends on people.sign_in for update using (person_id = house.person());
create policy door on people.sign_in to trellis_door using (true);
grant select (id, person_id, is_client, machine, made_at, passed_at, seen_at, revoked_at),
      update (revoked_at) on people.sign_in to trellis_app;
grant select, insert, update (token_hash, passed_at, seen_at, revoked_at) on people.sign_in to trellis_door;

create table people.throttle (
    key      bytea       not null primary key,
    tries    int         not null,
    last_at  timestamptz not null,
    open_at  timestamptz not null,
    constraint throttle_keeps_a_hash check (length(key) = 32)
);
comment on table people.throttle is 'How many tries to sign in went before the next; keyed by a hash, so that it names nobody.';
select house.shared('people.throttle', 'whoever tries to sign in is nobody yet');
create policy door on people.throttle to trellis_door using (true);
grant select, insert, update, delete on people.throttle to trellis_door;
