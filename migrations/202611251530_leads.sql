-- leads: requests for care
--
-- A request belongs to whoever received it: the operator, or a practice by its own link. Visitors
-- bring one and see nothing. What brings somebody is sealed; how to reach them is kept with the
-- words in which they agreed to it.
create schema leads;
grant usage on schema leads to trellis_app, trellis_check;

create table leads.form (
    practice_id uuid not null primary key references people.practice (practice_id),
    name        text not null,
    zone        text not null,
    constraint form_has_a_name check (length(name) between 1 and 120)
);
comment on table leads.form is 'What a visitor may know of whoever receives requests: the name, and the clock by which they answer.';
select house.tenant('leads.form');
create policy visitor_reads on leads.form for select using (practice_id = house.holder());
grant select, insert, update (name, zone) on leads.form to trellis_app;

create table leads.counter (
    practice_id uuid not null primary key references people.practice (practice_id),
    last_number int  not null default 0,
    constraint counter_counts_up check (0 <= last_number)
);
comment on table leads.counter is 'The last number that a holder gave to a request. Visitors may take the next.';
select house.tenant('leads.counter');
create policy visitor_counts on leads.counter using (practice_id = house.holder()) with check (practice_id = house.holder());
grant select, insert, update (last_number) on leads.counter to trellis_app;

create table leads.source (
    practice_id uuid not null references people.practice (practice_id),
    source_id   uuid not null,
    slug        text not null,
    name        text not null,
    primary key (practice_id, source_id),
    constraint source_slug_is_one    unique (practice_id, slug),
    constraint source_slug_is_a_word check (slug ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
    constraint source_has_a_name     check (length(name) between 1 and 80)
);
comment on table leads.source is 'Where requests come from; a link of the public form may name one by its slug.';
select house.tenant('leads.source');
create policy visitor_reads on leads.source for select using (practice_id = house.holder());
grant select, insert, update (name) on leads.source to trellis_app;

create table leads.lead (
    practice_id      uuid        not null references people.practice (practice_id),
    lead_id          uuid        not null,
    number           int         not null,
    source_id        uuid        not null,
    name             text        not null,
    address          text,
    phone            text,
    state            text        not null,
    pays             text        not null,
    payer_code       text,
    payer_said       text,
    age_group        text        not null,
    wants            jsonb       not null,
    concern_sealed   bytea       not null,
    may_email        boolean     not null,
    may_call         boolean     not null,
    may_voicemail    boolean     not null,
    may_text         boolean     not null,
    consent_words    text        not null,
    need_known       boolean     not null,
    pay_known        boolean     not null,
    arrived_at       timestamptz not null,
    first_contact_at timestamptz,
    reached_at       timestamptz,
    warm_at          timestamptz,
    closed_at        timestamptz,
    closed_by        uuid,
    why_closed       text,
    primary key (practice_id, lead_id),
    foreign key (practice_id, source_id) references leads.source (practice_id, source_id),
    constraint lead_number_is_one         unique (practice_id, number),
    constraint lead_has_a_name            check (length(name) between 1 and 120),
    constraint lead_address_is_one_line   check (people.is_address(address)),
    constraint lead_phone_is_short        check (length(phone) between 3 and 40),
    constraint lead_state_has_two_letters check (state ~ '^[A-Z]{2}$'),
    constraint lead_pays_somehow          check (pays in ('insurance', 'self')
                                             and (pays = 'insurance' or num_nonnulls(payer_code, payer_said) = 0)
                                             and num_nonnulls(payer_code, payer_said) <= 1),
    constraint lead_age_group_is_known    check (age_group in ('0-5', '6-12', '13-17', '18-25', '26-64', '65+')),
    -- Whoever asks for care agrees to at least one way in which they can be answered.
    constraint lead_can_be_answered       check ((may_email and address is not null)
                                              or ((may_call or may_text) and phone is not null)),
    constraint lead_consent_keeps_its_words check (length(consent_words) between 20 and 2000),
    constraint lead_times_are_in_order    check (arrived_at <= first_contact_at and first_contact_at <= reached_at
                                             and reached_at <= warm_at and arrived_at <= closed_at),
    constraint lead_is_reached_by_contact check (reached_at is null or first_contact_at is not null),
    constraint lead_is_warm_when_reached_and_known check (warm_at is null
                                              or (reached_at is not null and need_known and pay_known)),
    constraint lead_is_closed_for_a_reason check ((closed_at is null) = (why_closed is null)
                                              and (closed_by is null or closed_at is not null)),
    constraint lead_reason_is_known       check (why_closed in ('accepted', 'elsewhere', 'price', 'no_answer', 'changed_mind',
                                                                'referred_out', 'duplicate', 'not_a_request'))
);
create index lead_source on leads.lead (practice_id, source_id);
create index lead_waiting on leads.lead (practice_id, arrived_at) where closed_at is null;
comment on table leads.lead is 'A request for care, held by whoever received it.';
comment on column leads.lead.payer_said is 'A plan that is not on the list, as the person wrote it.';
comment on column leads.lead.wants is 'What a request is matched by, without what it is about: times, ways to meet, languages, method.';
comment on column leads.lead.concern_sealed is 'What brings them: topics, and their own words.';
comment on column leads.lead.consent_words is 'The words that stood beside the boxes when they were checked.';
comment on column leads.lead.first_contact_at is 'When somebody first reached them or left word; this stops the clock.';
comment on column leads.lead.warm_at is 'Since when they were reached, agreed to be, and need and way to pay are known.';
select house.tenant('leads.lead');
create policy visitor_brings on leads.lead for insert with check (practice_id = house.holder());
grant select, insert, update (need_known, pay_known, first_contact_at, reached_at, warm_at, closed_at, closed_by,
                              why_closed) on leads.lead to trellis_app;

create table leads.contact (
    practice_id uuid        not null,
    contact_id  uuid        not null,
    lead_id     uuid        not null,
    at          timestamptz not null,
    by_person   uuid        not null,
    channel     text        not null,
    outcome     text        not null,
    primary key (practice_id, contact_id),
    foreign key (practice_id, lead_id) references leads.lead (practice_id, lead_id),
    constraint contact_channel_is_known check (channel in ('call', 'email', 'text')),
    constraint contact_outcome_is_known check (outcome in ('reached', 'left_word', 'no_answer'))
);
create index contact_lead on leads.contact (practice_id, lead_id, at);
comment on table leads.contact is 'Who tried to reach somebody, how and with what outcome. It holds no words: what was said is not for this list.';
select house.tenant('leads.contact');
grant select, insert on leads.contact to trellis_app;
