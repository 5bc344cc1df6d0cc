-- payouts: what a month came to
--
-- A month closes once, for everybody of a practice together. A statement is written with its lines
-- and rows in that one transaction, adds up to the cent, and stays as it is; what comes to light
-- later is a line of a later month that names the line it adjusts.
create schema payouts;
grant usage on schema payouts to trellis_app, trellis_check;

create table payouts.period (
    practice_id      uuid        not null references people.practice (practice_id),
    month            date        not null,
    money_in_cents   bigint      not null,
    clinicians_cents bigint      not null,
    operator_cents   bigint      not null,
    practice_cents   bigint      not null,
    statements       int         not null,
    closed_at        timestamptz not null,
    closed_by        uuid,
    primary key (practice_id, month),
    constraint period_is_a_month check (extract(day from month) = 1),
    constraint period_parts_are_the_whole check (money_in_cents = clinicians_cents + operator_cents + practice_cents),
    constraint period_has_statements check (statements >= 1)
);
comment on table payouts.period is 'A closed month: what came in, and whose it is. Added, and never changed.';
comment on column payouts.period.practice_cents is 'What stays with the practice: what came in, less its clinicians'' and the operator''s.';
comment on column payouts.period.statements is 'How many statements it has: none is added later.';
select house.tenant('payouts.period');
grant select, insert on payouts.period to trellis_app;

create table payouts.statement (
    practice_id     uuid   not null,
    statement_id    uuid   not null,
    month           date   not null,
    of_whom         text   not null,
    clinician_id    uuid,
    agreement_id    uuid,
    engagement_id   uuid,
    collected_cents bigint not null,
    kept_cents      bigint not null,
    lines           int    not null,
    primary key (practice_id, statement_id),
    foreign key (practice_id, month) references payouts.period (practice_id, month),
    foreign key (practice_id, clinician_id) references people.clinician (practice_id, clinician_id),
    foreign key (practice_id, agreement_id) references terms.agreement (practice_id, agreement_id),
    foreign key (practice_id, engagement_id) references terms.engagement (practice_id, engagement_id),
    constraint statement_of_a_month_is_one unique (practice_id, month, clinician_id),
    constraint statement_of_whom_is_known check (of_whom in ('clinician', 'practice')),
    constraint statement_of_a_clinician_names_her check (of_whom = 'practice' or clinician_id is not null),
    constraint statement_of_a_practice_has_no_engagement check (of_whom = 'clinician' or engagement_id is null),
    constraint statement_counts_its_lines check (lines >= 0)
);
create unique index statement_of_a_practice_is_one on payouts.statement (practice_id, month) where of_whom = 'practice';
create index statement_clinician on payouts.statement (practice_id, clinician_id, month);
create index statement_agreement on payouts.statement (practice_id, agreement_id);
create index statement_engagement on payouts.statement (practice_id, engagement_id);
comment on table payouts.statement is 'What one month came to for a clinician, or for the practice. Added with its lines, and never changed.';
comment on column payouts.statement.clinician_id is 'Whose work it is about; of a practice only where its one owner does all the work.';
comment on column payouts.statement.engagement_id is 'The terms by which it was settled; an owner may have none.';
select house.tenant('payouts.statement');
grant select, insert on payouts.statement to trellis_app;

create table payouts.line (
    practice_id      uuid   not null,
    statement_id     uuid   not null,
    line             int    not null,
    part             text   not null,
    what             text   not null,
    how              text   not null,
    clause           text   not null,
    source           text   not null,
    cents            bigint not null,
    adjusts_statement uuid,
    adjusts_line     int,
    primary key (practice_id, statement_id, line),
    foreign key (practice_id, statement_id) references payouts.statement (practice_id, statement_id),
    foreign key (practice_id, adjusts_statement, adjusts_line) references payouts.line (practice_id, statement_id, line),
    constraint line_is_counted           check (line >= 1),
    constraint line_part_is_known        check (part in ('collected', 'adjustment', 'price', 'split')),
    constraint line_says_what_and_how    check (length(what) between 1 and 200 and length(how) between 1 and 1000),
    constraint line_names_its_clause     check (length(clause) between 1 and 1000 and length(source) between 1 and 100),
    constraint line_adjusts_a_whole_line check (num_nonnulls(adjusts_statement, adjusts_line) <> 1),
    constraint line_that_adjusts_says_so check (adjusts_line is null or part = 'adjustment')
);
create index line_adjusts on payouts.line (practice_id, adjusts_statement, adjusts_line);
comment on table payouts.line is 'A line of a statement: how it came about, by which clause, how much.';
comment on column payouts.line.clause is 'The sentence that was signed. The amount comes from the same value.';
comment on column payouts.line.source is 'Which version of which terms the sentence is from, or the books.';
comment on column payouts.line.adjusts_line is 'The line of a closed month that this one adjusts from a later one.';
select house.tenant('payouts.line');
grant select, insert on payouts.line to trellis_app;

create table payouts.line_row (
    practice_id  uuid   not null,
    statement_id uuid   not null,
    line         int    not null,
    kind         text   not null,
    row_id       uuid   not null,
    cents        bigint,
    primary key (practice_id, statement_id, line, kind, row_id),
    foreign key (practice_id, statement_id, line) references payouts.line (practice_id, statement_id, line),
    constraint line_row_kind_is_known check (kind in ('entry', 'charge', 'claim', 'request', 'seat', 'payment', 'visit')),
    constraint line_row_of_money_says_how_much check (kind <> 'entry' or cents is not null)
);
comment on table payouts.line_row is 'What a line was counted from: entries of the books, claims, requests for care.';
comment on column payouts.line_row.row_id is 'The row in its own room; of an entry, its id in the books.';
select house.tenant('payouts.line_row');
grant select, insert on payouts.line_row to trellis_app;
