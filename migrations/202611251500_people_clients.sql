-- people: how clients come in, and how they may be reached
--
-- A client has no password: a link that came by mail, and a code in a second letter, show that the
-- mailbox is theirs. What they agreed to be written about is kept by purpose, in the words they saw.
create table people.link_ask (
    id          uuid        not null primary key,
    address     text,
    asked_at    timestamptz not null,
    answered_at timestamptz,
    constraint link_ask_address_is_one   check (people.is_address(address)),
    constraint link_ask_waits_or_is_over check ((address is null) = (answered_at is not null))
);
comment on table people.link_ask is 'Somebody asked for a link to sign in, known or not; the id is the once-key of the form. Wall clock.';
comment on column people.link_ask.address is 'Gone as soon as it is answered: whoever is not known leaves nothing here.';
select house.shared('people.link_ask', 'whoever asks for a link is nobody yet');
create policy door on people.link_ask to trellis_door using (true);
grant select, insert, update (address, answered_at) on people.link_ask to trellis_door;

create table people.link (
    token_hash    bytea       not null primary key,
    practice_id   uuid        not null references people.practice (practice_id),
    invitation_id uuid,
    address       text        not null,
    made_at       timestamptz not null,
    ends_at       timestamptz not null,
    used_at       timestamptz,
    foreign key (practice_id, invitation_id) references people.invitation (practice_id, id),
    constraint link_keeps_a_hash    check (length(token_hash) = 32),
    constraint link_has_an_address  check (people.is_address(address)),
    constraint link_ends_later      check (made_at < ends_at)
);
create index link_invitation on people.link (practice_id, invitation_id);
comment on table people.link is 'A link that a client asked for, of which a hash is kept. It acts once; all its times are wall clock.';
comment on column people.link.practice_id is 'The practice whose name the letter bears.';
comment on column people.link.invitation_id is 'The invitation that it renews, where the client never came in before.';
select house.shared('people.link', 'sign-in belongs to a person, not to a practice');
create policy door on people.link to trellis_door using (true);
grant select, insert, update (used_at) on people.link to trellis_door;

create table people.passcode (
    token_hash bytea       not null primary key,
    link_hash  bytea       not null,
    address    text        not null,
    proof      bytea       not null,
    tries      int         not null default 0,
    made_at    timestamptz not null,
    passed_at  timestamptz,
    constraint passcode_keeps_hashes check (length(token_hash) = 32 and length(link_hash) = 32
                                        and length(proof) = 32),
    constraint passcode_has_few_tries check (tries between 0 and 5)
);
comment on table people.passcode is 'A code that was sent to a client and is waited for. All its times are wall clock.';
comment on column people.passcode.token_hash is 'Of the cookie of the browser in which the link was opened.';
comment on column people.passcode.proof is 'A hash of cookie and code together: six digits alone would be read back from theirs.';
select house.shared('people.passcode', 'sign-in belongs to a person, not to a practice');
create policy door on people.passcode to trellis_door using (true);
grant select, insert, update (tries, passed_at) on people.passcode to trellis_door;

create index invitation_to_client on people.invitation (address)
    where client_id is not null and taken_at is null and withdrawn_at is null;
grant update (person_id) on people.client to trellis_door;

create table people.consent (
    practice_id  uuid        not null,
    id           uuid        not null,
    client_id    uuid        not null,
    purpose      text        not null,
    channel      text        not null,
    words        text        not null,
    given_at     timestamptz not null,
    withdrawn_at timestamptz,
    primary key (practice_id, id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint consent_purpose_is_known check (purpose in ('forms', 'visits', 'bills')),
    constraint consent_channel_is_known check (channel in ('email', 'text', 'phone')),
    constraint consent_keeps_the_words  check (length(words) between 1 and 2000),
    constraint consent_ends_later       check (given_at <= withdrawn_at)
);
create unique index consent_stands_once on people.consent (practice_id, client_id, purpose, channel)
    where withdrawn_at is null;
create index consent_client on people.consent (practice_id, client_id);
comment on table people.consent is 'What a client agreed to be reached about, and how. Withdrawing ends a row; agreeing anew is another.';
comment on column people.consent.words is 'The sentence that they agreed to, as it was shown.';
select house.client('people.consent');
grant select, insert, update (withdrawn_at) on people.consent to trellis_app;
