-- billing: from a signed note to money
--
-- A charge is born from a signed note alone. What payers send is kept as it came, byte for byte,
-- before it is read; what does not post by itself waits here with a reason in words.
create schema billing;
grant usage on schema billing to trellis_app, trellis_check;

create sequence billing.control as int minvalue 1 maxvalue 999999999;
grant usage on sequence billing.control to trellis_app;
comment on sequence billing.control is 'ISA13 and GS06 of what we send: none is used twice.';

create table billing.biller (
    practice_id uuid        not null references people.practice (practice_id),
    since       timestamptz not null,
    npi         text        not null,
    ein         text        not null,
    street      text        not null,
    city        text        not null,
    state       text        not null,
    zip         text        not null,
    taxonomy    text,
    phone       text        not null,
    set_by      uuid,
    primary key (practice_id, since),
    constraint biller_npi_has_its_check_digit check (people.is_npi(npi)),
    constraint biller_ein_has_nine_digits     check (ein ~ '^[0-9]{9}$'),
    constraint biller_has_an_address          check (length(street) between 1 and 55 and length(city) between 2 and 30),
    constraint biller_state_has_two_letters   check (state ~ '^[A-Z]{2}$'),
    constraint biller_zip_has_nine_digits     check (zip ~ '^[0-9]{9}$'),
    constraint biller_taxonomy_has_ten_signs  check (taxonomy ~ '^[0-9]{3}[0-9A-Z]{6}X$'),
    constraint biller_phone_has_ten_digits    check (phone ~ '^[0-9]{10}$')
);
comment on table billing.biller is 'Who bills, as claims name the practice. The newest row counts; none is changed.';
select house.tenant('billing.biller');
grant select, insert on billing.biller to trellis_app;

create table billing.work (
    practice_id  uuid        not null references people.practice (practice_id),
    note_id      uuid        not null,
    session_id   uuid        not null,
    client_id    uuid        not null,
    clinician_id uuid        not null,
    began_at     timestamptz not null,
    ended_at     timestamptz not null,
    minutes      int         not null,
    service      text        not null,
    place        text        not null,
    diagnoses    text[]      not null,
    told_at      timestamptz not null,
    primary key (practice_id, note_id),
    foreign key (practice_id, note_id) references chart.note (practice_id, note_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint work_service_is_known check (service in ('individual', 'evaluation', 'crisis', 'family_with',
                                                        'family_without', 'group')),
    constraint work_place_is_known   check (place in ('office', 'video')),
    constraint work_takes_time       check (began_at < ended_at and minutes >= 0),
    constraint work_codes_are_few    check (cardinality(diagnoses) <= 12)
);
create index work_client on billing.work (practice_id, client_id);
create index work_clinician on billing.work (practice_id, clinician_id);
comment on table billing.work is 'What a signed note says for billing: times and codes, no text. Written when the note was signed.';
comment on column billing.work.diagnoses is 'ICD-10-CM as a claim repeats them, the reason for the visit first.';
select house.tenant('billing.work');
grant select, insert on billing.work to trellis_app;

create table billing.charge (
    practice_id  uuid        not null,
    charge_id    uuid        not null,
    number       int         not null,
    note_id      uuid        not null,
    client_id    uuid        not null,
    clinician_id uuid        not null,
    service_on   date        not null,
    cpt          text        not null,
    units        int         not null,
    modifiers    text[]      not null,
    pos          text        not null,
    cents        bigint      not null,
    payer_code   text        references terms.payer (payer_code),
    made_at      timestamptz not null,
    primary key (practice_id, charge_id),
    foreign key (practice_id, note_id) references billing.work (practice_id, note_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint charge_of_a_note_is_one  unique (practice_id, note_id),
    constraint charge_number_is_one     unique (practice_id, number),
    constraint charge_is_above_zero     check (cents > 0 and units > 0),
    constraint charge_code_is_a_code    check (cpt ~ '^[0-9A-Z][0-9]{4}$' and pos ~ '^[0-9]{2}$'),
    constraint charge_modifiers_are_few check (cardinality(modifiers) <= 4)
);
create index charge_client on billing.charge (practice_id, client_id);
create index charge_clinician on billing.charge (practice_id, clinician_id);
create index charge_payer on billing.charge (payer_code);
comment on table billing.charge is 'One coded line of work, from a signed note alone. What it comes to is in the books.';
comment on column billing.charge.payer_code is 'Who is asked first; absent where the client pays themselves.';
select house.tenant('billing.charge');
grant select, insert on billing.charge to trellis_app;

create table billing.file (
    practice_id uuid        not null references people.practice (practice_id),
    file_id     uuid        not null,
    direction   text        not null,
    kind        text        not null,
    name        text        not null,
    sealed      bytea       not null,
    hash        bytea       not null,
    control     int,
    refused     text,
    kept_at     timestamptz not null,
    kept_by     uuid,
    primary key (practice_id, file_id),
    constraint file_is_kept_once         unique (practice_id, direction, hash),
    constraint file_direction_is_known   check (direction in ('in', 'out')),
    constraint file_kind_is_known        check (kind in ('837P', '835', '999', '277CA', 'other')),
    constraint file_has_a_hash           check (length(hash) = 32),
    constraint file_name_is_short        check (length(name) between 1 and 100),
    constraint file_refusal_says_why     check (length(refused) between 10 and 2000)
);
create index file_control on billing.file (practice_id, direction, control);
comment on table billing.file is 'What was exchanged with payers, as it was: sealed bytes and their hash.';
comment on column billing.file.hash is 'SHA-256 of the bytes before sealing: the same file twice is one.';
comment on column billing.file.refused is 'Why nothing of it was read, in words.';
select house.tenant('billing.file');
grant select, insert on billing.file to trellis_app;

create table billing.claim (
    practice_id  uuid        not null,
    claim_id     uuid        not null,
    charge_id    uuid        not null,
    number       text        not null,
    payer_code   text        not null references terms.payer (payer_code),
    bills_as_clinician_id uuid not null,
    state        text        not null default 'ready',
    state_since  timestamptz not null,
    payer_number text,
    primary key (practice_id, claim_id),
    foreign key (practice_id, charge_id) references billing.charge (practice_id, charge_id),
    foreign key (practice_id, bills_as_clinician_id) references people.clinician (practice_id, clinician_id),
    constraint claim_of_a_charge_is_one unique (practice_id, charge_id),
    constraint claim_number_is_one      unique (practice_id, number),
    constraint claim_number_is_writable check (number ~ '^[A-Z0-9-]{1,20}$'),
    constraint claim_state_is_known     check (state in ('ready', 'sent', 'rejected', 'accepted', 'paid', 'denied'))
);
create index claim_state on billing.claim (practice_id, state);
create index claim_payer on billing.claim (payer_code);
create index claim_bills_as on billing.claim (practice_id, bills_as_clinician_id);
comment on table billing.claim is 'A charge asked of a payer, by the number that comes back in every answer.';
comment on column billing.claim.payer_number is 'The payer''s own number of it, once it told us.';
select house.tenant('billing.claim');
grant select, insert, update (state, state_since, payer_number) on billing.claim to trellis_app;

create table billing.history (
    practice_id uuid        not null,
    claim_id    uuid        not null,
    file_id     uuid        not null,
    at          timestamptz not null,
    says        text        not null,
    primary key (practice_id, claim_id, file_id),
    foreign key (practice_id, claim_id) references billing.claim (practice_id, claim_id),
    foreign key (practice_id, file_id) references billing.file (practice_id, file_id),
    constraint history_says_something check (length(says) between 1 and 500)
);
create index history_file on billing.history (practice_id, file_id);
comment on table billing.history is 'Which file said what about a claim.';
select house.tenant('billing.history');
grant select, insert on billing.history to trellis_app;

create table billing.remittance (
    practice_id   uuid        not null,
    remittance_id uuid        not null,
    file_id       uuid        not null,
    payer_code    text        references terms.payer (payer_code),
    payer_name    text        not null,
    originator    text        not null,
    trace         text        not null,
    paid_on       date,
    cents         bigint      not null,
    payee         text        not null,
    state         text        not null,
    deposit_id    uuid,
    kept_at       timestamptz not null,
    primary key (practice_id, remittance_id),
    foreign key (practice_id, file_id) references billing.file (practice_id, file_id),
    foreign key (practice_id, deposit_id) references ledger.payment (practice_id, payment_id),
    constraint remittance_of_a_payment_is_one unique nulls not distinct (practice_id, originator, trace, paid_on, cents, payee),
    constraint remittance_state_is_known check (state in ('held', 'waits', 'posted')),
    constraint remittance_is_posted_with_its_money check (state <> 'posted' or deposit_id is not null or cents = 0)
);
create index remittance_file on billing.remittance (practice_id, file_id);
create index remittance_deposit on billing.remittance (practice_id, deposit_id);
create index remittance_payer on billing.remittance (payer_code);
create index remittance_trace on billing.remittance (practice_id, trace);
comment on table billing.remittance is 'A payer''s answer in money. Held: nothing is posted. Waits: decided, and its money has not arrived. Posted: both.';
select house.tenant('billing.remittance');
grant select, insert, update (state, deposit_id, payer_code) on billing.remittance to trellis_app;

create table billing.answer (
    practice_id   uuid   not null,
    answer_id     uuid   not null,
    remittance_id uuid   not null,
    place         int    not null,
    number        text   not null,
    payer_number  text   not null,
    status        text   not null,
    charge_cents  bigint not null,
    paid_cents    bigint not null,
    share_cents   bigint not null,
    service_on    date,
    cpt           text   not null,
    claim_id      uuid,
    undoes        uuid,
    state         text   not null,
    primary key (practice_id, answer_id),
    foreign key (practice_id, remittance_id) references billing.remittance (practice_id, remittance_id),
    foreign key (practice_id, claim_id) references billing.claim (practice_id, claim_id),
    foreign key (practice_id, undoes) references billing.answer (practice_id, answer_id),
    constraint answer_place_is_one   unique (practice_id, remittance_id, place),
    constraint answer_undoes_once    unique (practice_id, undoes),
    constraint answer_state_is_known check (state in ('held', 'unmatched', 'decided', 'paid')),
    constraint answer_is_about_a_claim check (state not in ('decided') or claim_id is not null)
);
create index answer_claim on billing.answer (practice_id, claim_id);
comment on table billing.answer is 'What a payer decided about one claim: a CLP of an 835, in the order of the file.';
comment on column billing.answer.undoes is 'The earlier answer that a reversal takes back.';
select house.tenant('billing.answer');
grant select, insert, update (claim_id, undoes, state) on billing.answer to trellis_app;

create table billing.client_share (
    practice_id uuid    not null,
    answer_id   uuid    not null,
    reason      text    not null,
    client_id   uuid    not null,
    charge_id   uuid    not null,
    cents       bigint  not null,
    is_undone   boolean not null default false,
    primary key (practice_id, answer_id, reason),
    foreign key (practice_id, answer_id) references billing.answer (practice_id, answer_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, charge_id) references billing.charge (practice_id, charge_id)
);
create index client_share_client on billing.client_share (practice_id, client_id);
create index client_share_charge on billing.client_share (practice_id, charge_id);
comment on table billing.client_share is 'Why a plan leaves a part to the client: copay, deductible and their like, by reason.';
comment on column billing.client_share.reason is 'Claim adjustment reason code of group PR (X12 external code list 139).';
select house.client('billing.client_share');
grant select, insert, update (is_undone) on billing.client_share to trellis_app;

create table billing.exception (
    practice_id   uuid        not null references people.practice (practice_id),
    exception_id  uuid        not null,
    kind          text        not null,
    why           text        not null,
    cents         bigint      not null,
    note_id       uuid,
    claim_id      uuid,
    remittance_id uuid,
    answer_id     uuid,
    payment_id    uuid,
    file_id       uuid,
    made_at       timestamptz not null,
    due_on        date        not null,
    settled_at    timestamptz,
    settled_by    uuid,
    settled_how   text,
    primary key (practice_id, exception_id),
    foreign key (practice_id, note_id) references billing.work (practice_id, note_id),
    foreign key (practice_id, claim_id) references billing.claim (practice_id, claim_id),
    foreign key (practice_id, remittance_id) references billing.remittance (practice_id, remittance_id),
    foreign key (practice_id, answer_id) references billing.answer (practice_id, answer_id),
    foreign key (practice_id, payment_id) references ledger.payment (practice_id, payment_id),
    foreign key (practice_id, file_id) references billing.file (practice_id, file_id),
    constraint exception_kind_is_known check (kind in (
        'no_code', 'no_fee', 'no_right', 'not_ready', 'rejected', 'refused_file', 'held', 'twice',
        'no_claim', 'differs', 'denied', 'open', 'odd', 'deposit_alone', 'deposit_differs')),
    constraint exception_says_why      check (length(why) between 10 and 2000),
    constraint exception_says_how_it_was_settled check ((settled_at is null) = (settled_how is null)),
    constraint exception_settled_how_is_known check (settled_how in ('by_itself', 'again', 'matched', 'written_off', 'set_aside'))
);
create unique index exception_is_open_once on billing.exception
    (practice_id, kind, note_id, claim_id, remittance_id, answer_id, payment_id, file_id)
    nulls not distinct where settled_at is null;
create index exception_open on billing.exception (practice_id, due_on) where settled_at is null;
create index exception_note on billing.exception (practice_id, note_id);
create index exception_claim on billing.exception (practice_id, claim_id);
create index exception_remittance on billing.exception (practice_id, remittance_id);
create index exception_answer on billing.exception (practice_id, answer_id);
create index exception_payment on billing.exception (practice_id, payment_id);
create index exception_file on billing.exception (practice_id, file_id);
comment on table billing.exception is 'What did not go by itself: why, in words for a biller, and until when somebody looks.';
select house.tenant('billing.exception');
grant select, insert, update (settled_at, settled_by, settled_how) on billing.exception to trellis_app;
