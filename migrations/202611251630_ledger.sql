-- ledger: the books of a practice
--
-- An entry is a balanced set of postings with its cause. It is only ever added: what was wrong is
-- reversed, what is late lands in the first open month. A balance is a sum and never a column.
create schema ledger;
grant usage on schema ledger to trellis_app, trellis_check;

create table ledger.entry (
    practice_id  uuid        not null references people.practice (practice_id),
    entry_id     uuid        not null,
    place        bigint      not null generated always as identity,
    posted_at    timestamptz not null,
    posted_by    uuid,
    posted_on    date        not null,
    happened_on  date        not null,
    belongs_to   date        not null,
    rule         text        not null,
    cause_kind   text        not null,
    cause_id     uuid        not null,
    lines        int         not null,
    charge_id    uuid,
    client_id    uuid,
    clinician_id uuid,
    payer_code   text,
    reverses     uuid,
    adjusts      uuid,
    primary key (practice_id, entry_id),
    foreign key (practice_id, reverses) references ledger.entry (practice_id, entry_id),
    foreign key (practice_id, adjusts) references ledger.entry (practice_id, entry_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint entry_rule_is_known check (rule in (
        'charge', 'contractual_adjustment', 'payer_payment', 'payer_payment_unapplied',
        'patient_responsibility', 'client_payment', 'client_payment_unapplied', 'refund',
        'refund_unapplied', 'transfer_unapplied', 'transfer_balance', 'write_off', 'interest',
        'recoupment', 'recoupment_forward', 'forward_balance', 'clinician_share', 'practice_share',
        'operator_fee_practice', 'operator_fee_clinician', 'card_fee_practice', 'card_fee_clinician',
        'clinician_payout', 'operator_payout', 'owner_payout')),
    constraint entry_cause_is_known check (cause_kind in (
        'charge', 'remittance', 'provider_adjustment', 'client_payment', 'deposit', 'statement', 'decision')),
    constraint entry_belongs_to_a_month check (extract(day from belongs_to) = 1 and belongs_to <= posted_on),
    constraint entry_has_two_sides      check (lines >= 2)
);
create unique index entry_cause_counts_once on ledger.entry (practice_id, cause_kind, cause_id, rule, charge_id)
    nulls not distinct where reverses is null;
create unique index entry_is_reversed_once on ledger.entry (practice_id, reverses);
create unique index entry_charge_is_posted_once on ledger.entry (practice_id, charge_id)
    where rule = 'charge' and reverses is null;
create index entry_posted on ledger.entry (practice_id, posted_on, place);
create index entry_charge on ledger.entry (practice_id, charge_id);
create index entry_client on ledger.entry (practice_id, client_id);
create index entry_clinician on ledger.entry (practice_id, clinician_id);
create index entry_adjusts on ledger.entry (practice_id, adjusts);
comment on table ledger.entry is 'A balanced set of postings with its cause. Added, and never changed.';
comment on column ledger.entry.place is 'The order of posting.';
comment on column ledger.entry.happened_on is 'The day that it is about; of a charge, the day of the work.';
comment on column ledger.entry.belongs_to is 'First day of the month that it is about: another than that of posted_on where that month was closed.';
comment on column ledger.entry.lines is 'How many postings it has: none is added to it later.';
comment on column ledger.entry.adjusts is 'The entry of a closed month that it adjusts from a later one.';
select house.tenant('ledger.entry');
create policy own_client on ledger.entry for select
    using (practice_id = any (house.client_practices()) and client_id = any (house.clients()));
grant select, insert on ledger.entry to trellis_app;

create table ledger.posting (
    practice_id  uuid   not null,
    entry_id     uuid   not null,
    line         int    not null,
    account      text   not null,
    cents        bigint not null,
    charge_id    uuid,
    client_id    uuid,
    clinician_id uuid,
    payer_code   text,
    primary key (practice_id, entry_id, line),
    foreign key (practice_id, entry_id) references ledger.entry (practice_id, entry_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    constraint posting_account_is_known check (account in (
        'bank', 'payer_receivable', 'client_receivable', 'payer_unapplied', 'client_unapplied', 'forward',
        'clinician_due', 'operator_due', 'draws', 'income', 'contractual', 'interest', 'written_off',
        'clinician_pay', 'operator_fees', 'card_fees', 'money_in', 'held', 'clinicians_money',
        'practices_money', 'operators_money')),
    constraint posting_says_whose check (case
        when account in ('payer_receivable', 'payer_unapplied', 'forward') then payer_code is not null
        when account in ('client_receivable', 'client_unapplied') then client_id is not null
        when account in ('clinician_due', 'clinician_pay', 'clinicians_money') then clinician_id is not null
        else true end),
    constraint posting_moves_something check (cents <> 0)
);
create index posting_account on ledger.posting (practice_id, account, payer_code, client_id, clinician_id);
create index posting_charge on ledger.posting (practice_id, charge_id);
create index posting_client on ledger.posting (practice_id, client_id);
create index posting_clinician on ledger.posting (practice_id, clinician_id);
comment on table ledger.posting is 'One debit (above zero) or credit (below) of an entry. Later rooms may read it.';
comment on column ledger.posting.client_id is 'Whose account it is or, for other accounts, whose charge it is about.';
comment on column ledger.posting.clinician_id is 'Whose account it is or, for other accounts, whose work it is about.';
select house.tenant('ledger.posting');
create policy own_client on ledger.posting for select
    using (practice_id = any (house.client_practices()) and client_id = any (house.clients()));
grant select, insert on ledger.posting to trellis_app;

create table ledger.payment (
    practice_id uuid        not null references people.practice (practice_id),
    payment_id  uuid        not null,
    client_id   uuid,
    payer_code  text,
    way         text        not null,
    reference   text,
    cents       bigint      not null,
    arrived_on  date        not null,
    written_by  uuid,
    written_at  timestamptz not null,
    primary key (practice_id, payment_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint payment_is_from_one         check (num_nonnulls(client_id, payer_code) = 1),
    constraint payment_way_is_known        check (way in ('cash', 'check', 'transfer')),
    constraint payment_of_a_payer_is_named check (payer_code is null or reference is not null),
    constraint payment_reference_is_short  check (length(reference) between 1 and 50),
    constraint payment_is_above_zero       check (cents > 0)
);
create index payment_client on ledger.payment (practice_id, client_id);
create index payment_payer on ledger.payment (practice_id, payer_code, reference);
comment on table ledger.payment is 'Money that arrived, as somebody saw it: a client''s cash or check, a payer''s deposit.';
comment on column ledger.payment.reference is 'The number of the check or transfer.';
select house.tenant('ledger.payment');
create policy own_client on ledger.payment for select
    using (practice_id = any (house.client_practices()) and client_id = any (house.clients()));
grant select, insert on ledger.payment to trellis_app;

create table ledger.closed_month (
    practice_id uuid        not null references people.practice (practice_id),
    month       date        not null,
    closed_at   timestamptz not null,
    closed_by   uuid,
    primary key (practice_id, month),
    constraint closed_month_is_a_month check (extract(day from month) = 1)
);
comment on table ledger.closed_month is 'Months whose figures stay: what is late lands in the first open one.';
select house.tenant('ledger.closed_month');
grant select, insert on ledger.closed_month to trellis_app;
