-- intake: the forms before care
--
-- A packet is sent to a client, who answers page by page; each answer is sealed as it is saved.
-- What was signed is kept as it was shown: the text, its hash, the name typed, and when.
create schema intake;
grant usage on schema intake to trellis_app, trellis_check;

create table intake.document (
    practice_id uuid        not null references people.practice (practice_id),
    name        text        not null,
    version     int         not null,
    title       text        not null,
    body        text        not null,
    text_hash   bytea       not null,
    since       timestamptz not null,
    primary key (practice_id, name, version),
    constraint document_is_known_by_its_text unique (practice_id, name, version, text_hash),
    constraint document_name_is_known  check (name in ('care', 'privacy', 'fees')),
    constraint document_version_counts check (version >= 1),
    constraint document_says_something check (length(title) between 1 and 120 and length(body) between 40 and 60000),
    constraint document_hash_is_of_its_text check (text_hash = sha256(convert_to(title || E'\n' || body, 'UTF8')))
);
comment on table intake.document is 'What a practice asks its clients to sign, version by version. A version is never edited.';
comment on column intake.document.text_hash is 'SHA-256 of title, a line feed, and body, in UTF-8.';
select house.common('intake.document');
grant select, insert on intake.document to trellis_app;

create table intake.packet (
    practice_id  uuid        not null,
    packet_id    uuid        not null,
    client_id    uuid        not null,
    sent_at      timestamptz not null,
    sent_by      uuid,
    completed_at timestamptz,
    primary key (practice_id, packet_id),
    constraint packet_is_of_one_client unique (practice_id, packet_id, client_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint packet_is_completed_later check (sent_at <= completed_at)
);
create unique index packet_is_open_once on intake.packet (practice_id, client_id) where completed_at is null;
create index packet_client on intake.packet (practice_id, client_id);
comment on table intake.packet is 'The forms that a client fills in: when they were sent, and when they came back whole.';
comment on column intake.packet.sent_by is 'Who sent them; nobody where an accepted offer did.';
select house.client('intake.packet');
grant select, insert, update (completed_at) on intake.packet to trellis_app;

create table intake.answer (
    practice_id uuid        not null,
    packet_id   uuid        not null,
    client_id   uuid        not null,
    question    text        not null,
    sealed      bytea       not null,
    saved_at    timestamptz not null,
    primary key (practice_id, packet_id, question),
    foreign key (practice_id, packet_id, client_id) references intake.packet (practice_id, packet_id, client_id),
    constraint answer_question_is_a_word check (question ~ '^[a-z-]{1,40}$')
);
create index answer_client on intake.answer (practice_id, packet_id, client_id);
comment on table intake.answer is 'What a client answered, page by page: the fields as JSON, sealed.';
select house.client('intake.answer');
grant select, insert, update (sealed, saved_at) on intake.answer to trellis_app;

create table intake.signature (
    practice_id uuid        not null,
    packet_id   uuid        not null,
    client_id   uuid        not null,
    document    text        not null,
    version     int         not null,
    text_hash   bytea       not null,
    typed_name  text        not null,
    signed_at   timestamptz not null,
    person_id   uuid        not null,
    primary key (practice_id, packet_id, document),
    foreign key (practice_id, packet_id, client_id) references intake.packet (practice_id, packet_id, client_id),
    foreign key (practice_id, document, version, text_hash)
        references intake.document (practice_id, name, version, text_hash),
    constraint signature_has_a_name check (length(typed_name) between 1 and 120)
);
create index signature_client on intake.signature (practice_id, packet_id, client_id);
create index signature_document on intake.signature (practice_id, document, version, text_hash);
comment on table intake.signature is 'A document signed: which version, by the hash of its text, the name typed, who was signed in, and when.';
select house.client('intake.signature');
grant select, insert on intake.signature to trellis_app;

create table intake.identity (
    practice_id uuid        not null,
    client_id   uuid        not null,
    since       timestamptz not null,
    first_name  text        not null,
    last_name   text        not null,
    born_on     date        not null,
    street      text        not null,
    city        text        not null,
    state       text        not null,
    zip         text        not null,
    sex         text,
    primary key (practice_id, client_id, since),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint identity_has_names      check (length(first_name) between 1 and 60 and length(last_name) between 1 and 60),
    constraint identity_has_an_address check (length(street) between 1 and 55 and length(city) between 1 and 30),
    constraint identity_state_has_two_letters check (state ~ '^[A-Z]{2}$'),
    constraint identity_zip_is_one     check (zip ~ '^[0-9]{5}([0-9]{4})?$'),
    constraint identity_sex_is_one_of_three check (sex in ('F', 'M', 'U'))
);
comment on table intake.identity is 'Who a client is to a payer, as they said so last; what a claim repeats.';
comment on column intake.identity.sex is 'As the insurer has it on file (X12 DMG03); asked only where an insurer pays.';
select house.client('intake.identity');
grant select, insert on intake.identity to trellis_app;

create table intake.coverage (
    practice_id   uuid        not null,
    client_id     uuid        not null,
    since         timestamptz not null,
    payer_code    text        not null,
    member_sealed bytea       not null,
    group_number  text,
    relation      text        not null,
    holder_first  text,
    holder_last   text,
    holder_born_on date,
    primary key (practice_id, client_id, since),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint coverage_payer_is_a_code   check (payer_code ~ '^[A-Z0-9]{2,20}$'),
    constraint coverage_relation_is_known check (relation in ('self', 'spouse', 'child', 'other')),
    constraint coverage_group_is_short    check (length(group_number) between 1 and 50),
    constraint coverage_names_its_holder  check (
        case relation when 'self' then num_nonnulls(holder_first, holder_last, holder_born_on) = 0
                      else num_nulls(holder_first, holder_last, holder_born_on) = 0 end)
);
comment on table intake.coverage is 'The plan that pays for a client, as they said so last.';
select house.client('intake.coverage');
grant select, insert on intake.coverage to trellis_app;

-- What came back whole stays as it came: a correction is a new packet.
create function intake.packet_stays_whole() returns trigger language plpgsql as $$
begin
    if exists (select from intake.packet p
                where p.practice_id = new.practice_id
                  and p.packet_id = new.packet_id
                  and p.completed_at is not null) then
        raise exception 'these forms came back whole' using errcode = 'check_violation',
            constraint = 'packet_stays_whole', schema = 'intake', table = tg_table_name;
    end if;
    return new;
end $$;
comment on function intake.packet_stays_whole() is 'Refuses answers and signatures for a packet that is complete.';
create trigger packet_stays_whole before insert or update on intake.answer
    for each row execute function intake.packet_stays_whole();
create trigger packet_stays_whole before insert or update on intake.signature
    for each row execute function intake.packet_stays_whole();

-- A packet is complete only when each document was signed in it.
create function intake.packet_is_signed() returns trigger language plpgsql as $$
begin
    if new.completed_at is not null and (
        select count(distinct s.document) from intake.signature s
         where s.practice_id = new.practice_id and s.packet_id = new.packet_id) < 3 then
        raise exception 'a document is not signed yet' using errcode = 'check_violation',
            constraint = 'packet_is_signed', schema = 'intake', table = 'packet';
    end if;
    return new;
end $$;
comment on function intake.packet_is_signed() is 'Refuses to complete a packet in which a document is not signed.';
create trigger packet_is_signed before update on intake.packet
    for each row execute function intake.packet_is_signed();

-- What a client answers is sealed in their own request, with the key of their practice.
create policy client_reads on ground.practice_key for select using (practice_id = any (house.client_practices()));
