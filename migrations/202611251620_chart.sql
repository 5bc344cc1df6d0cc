-- chart: what clinicians write about the people whom they treat
--
-- Facts and text stand apart: whose note, of which session, signed when is for lists and refusals;
-- what it says is sealed, and seen only for the client whose chart was opened. The triggers in
-- replaceable/chart.sql keep a signed note as it was signed.
create schema chart;
grant usage on schema chart to trellis_app, trellis_check;

create table chart.note (
    practice_id  uuid        not null,
    note_id      uuid        not null,
    client_id    uuid        not null,
    clinician_id uuid        not null,
    author_id    uuid        not null references people.person (person_id),
    service      text        not null,
    state        text        not null default 'draft',
    version      int         not null,
    tab_id       uuid        not null,
    tab_from     int         not null,
    begun_at     timestamptz not null,
    saved_at     timestamptz not null,
    signed_at    timestamptz,
    signed_by    uuid,
    began_at     timestamptz,
    ended_at     timestamptz,
    place        text,
    text_sha256  bytea,
    primary key (practice_id, note_id),
    foreign key (practice_id, note_id, client_id, clinician_id)
        references session.session (practice_id, session_id, client_id, clinician_id),
    constraint note_is_of_one_client unique (practice_id, note_id, client_id),
    constraint note_service_is_known check (service in ('individual', 'evaluation', 'crisis', 'family_with',
                                                        'family_without', 'group')),
    constraint note_state_is_known   check (state in ('draft', 'signed')),
    constraint note_version_counts   check (1 <= version and 0 <= tab_from and tab_from < version),
    constraint note_signature_is_whole check (num_nonnulls(signed_at, signed_by, began_at, ended_at, place, text_sha256)
                                              = case state when 'signed' then 6 else 0 end),
    constraint note_is_signed_by_its_author check (signed_by = author_id),
    constraint note_took_time        check (began_at < ended_at)
);
create index note_session on chart.note (practice_id, note_id, client_id, clinician_id);
create index note_of_client on chart.note (practice_id, client_id, begun_at);
create index note_of_author on chart.note (author_id, state);
comment on table chart.note is 'The facts of a note: it bears the id of its session, of which there is one note.';
comment on column chart.note.version is 'Goes up with each save; whoever saves says which one they saw.';
comment on column chart.note.tab_id is 'The window that saved last, and which it saw when it began to: its own saves never surprise it.';
comment on column chart.note.tab_from is 'The version that the window that saved last had seen before its own.';
comment on column chart.note.began_at is 'The time that counts, as it was when the note was signed; so is the end.';
comment on column chart.note.text_sha256 is 'Of the sealed text as it was signed.';
select house.tenant('chart.note');
grant select, insert, update (service, state, version, tab_id, tab_from, saved_at, signed_at, signed_by, began_at,
                              ended_at, place) on chart.note to trellis_app;

create table chart.note_text (
    practice_id uuid not null,
    note_id     uuid not null,
    client_id   uuid not null,
    sealed      bytea not null,
    letters     int  not null,
    primary key (practice_id, note_id),
    foreign key (practice_id, note_id, client_id) references chart.note (practice_id, note_id, client_id),
    constraint note_text_letters_count check (letters >= 0)
);
create index note_text_note on chart.note_text (practice_id, note_id, client_id);
comment on table chart.note_text is 'What a note says. Sealed; written while it is a draft, and never again.';
comment on column chart.note_text.letters is 'How many letters it has: none is no text.';
select house.clinical('chart.note_text');
grant select, insert, update (sealed, letters) on chart.note_text to trellis_app;

create table chart.note_aside (
    practice_id uuid        not null,
    note_id     uuid        not null,
    tab_id      uuid        not null,
    client_id   uuid        not null,
    sealed      bytea       not null,
    kept_at     timestamptz not null,
    settled_at  timestamptz,
    primary key (practice_id, note_id, tab_id),
    foreign key (practice_id, note_id, client_id) references chart.note (practice_id, note_id, client_id),
    constraint note_aside_is_settled_later check (kept_at <= settled_at)
);
create index note_aside_note on chart.note_aside (practice_id, note_id, client_id);
comment on table chart.note_aside is 'What another window wrote about the same note: kept beside it until its author takes it in or leaves it out.';
select house.clinical('chart.note_aside');
grant select, insert, update (sealed, kept_at, settled_at) on chart.note_aside to trellis_app;

create table chart.amendment (
    practice_id  uuid        not null,
    amendment_id uuid        not null,
    note_id      uuid        not null,
    client_id    uuid        not null,
    sealed       bytea       not null,
    written_by   uuid        not null references people.person (person_id),
    written_at   timestamptz not null,
    primary key (practice_id, amendment_id),
    foreign key (practice_id, note_id, client_id) references chart.note (practice_id, note_id, client_id)
);
create index amendment_note on chart.amendment (practice_id, note_id, client_id);
create index amendment_written_by on chart.amendment (written_by);
comment on table chart.amendment is 'What was added to a signed note. The note stays as it was.';
select house.clinical('chart.amendment');
grant select, insert on chart.amendment to trellis_app;

create table chart.diagnosis (
    practice_id  uuid        not null,
    diagnosis_id uuid        not null,
    place        bigint      not null generated always as identity,
    client_id    uuid        not null,
    code_sealed  bytea       not null,
    since        date        not null,
    until        date,
    said_by      uuid        not null references people.person (person_id),
    said_at      timestamptz not null,
    ended_by     uuid        references people.person (person_id),
    ended_at     timestamptz,
    primary key (practice_id, diagnosis_id),
    foreign key (practice_id, client_id) references people.client (practice_id, client_id),
    constraint diagnosis_ends_later   check (since <= until),
    constraint diagnosis_end_says_who check (num_nonnulls(until, ended_by, ended_at) in (0, 3))
);
create index diagnosis_client on chart.diagnosis (practice_id, client_id, since);
create index diagnosis_said_by on chart.diagnosis (said_by);
create index diagnosis_ended_by on chart.diagnosis (ended_by);
comment on table chart.diagnosis is 'What a clinician diagnosed, from which day to which; both count. ICD-10-CM, sealed.';
comment on column chart.diagnosis.place is 'Order in which they were said: the first that holds is what a claim names first.';
select house.clinical('chart.diagnosis');
grant select, insert, update (until, ended_by, ended_at) on chart.diagnosis to trellis_app;

create table chart.treated (
    practice_id uuid     not null,
    note_id     uuid     not null,
    rank        smallint not null,
    code        text     not null,
    primary key (practice_id, note_id, rank),
    foreign key (practice_id, note_id) references chart.note (practice_id, note_id),
    constraint treated_rank_fits_a_claim check (rank between 1 and 12),
    constraint treated_code_is_one       check (code ~ '^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$')
);
comment on table chart.treated is 'What a charge may repeat of a signed note: the codes of what was treated, in order. Plain, since a claim says them.';
select house.tenant('chart.treated');
grant select, insert on chart.treated to trellis_app;

create table chart.writing (
    person_id   uuid        not null,
    writing_id  uuid        not null,
    practice_id uuid        not null,
    note_id     uuid        not null,
    begins_at   timestamptz not null,
    last_at     timestamptz not null,
    written_at  timestamptz,
    primary key (person_id, writing_id),
    foreign key (practice_id, note_id) references chart.note (practice_id, note_id),
    constraint writing_goes_on check (begins_at <= last_at and last_at <= written_at)
);
create unique index writing_is_one_at_a_time on chart.writing (person_id, note_id) where written_at is null;
create index writing_note on chart.writing (practice_id, note_id);
comment on table chart.writing is 'When somebody wrote on a note without a longer pause: two instants, and nothing of what.';
comment on column chart.writing.written_at is 'When it became minutes worked.';
select house.own('chart.writing');
grant select, insert, update (last_at, written_at) on chart.writing to trellis_app;
