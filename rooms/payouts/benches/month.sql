-- A month of practices, as the rooms would have left it: who works where and by which terms, what was
-- charged, filed, decided and paid. Written past the rooms, since a bench is about what comes after.
-- Elm Street Practice, which is there already, lends its terms: at list prices, 60 % of what was
-- collected. Ids are hashes of what they are, so that tables agree.
set session_replication_role = replica;

create temporary table house as
    select p, md5('practice ' || p)::uuid as practice,
           case when p <= SMALL then (array[1, 2, 2, 3, 4, 4, 5, 5, 6, 8])[1 + (p - 1) % 10]
                else (array[LARGE])[p - SMALL] end as clinicians
      from generate_series(1, SMALL + cardinality(array[LARGE])) p;
create temporary table treats as
    select h.p, h.practice, k, row_number() over (order by h.p, k) as c,
           md5(h.p || ' clinician ' || k)::uuid as clinician, md5(h.p || ' person ' || k)::uuid as person
      from house h
      cross join generate_series(1, h.clinicians) k;
-- Sixteen sessions for each, more or less: every third paid by the client alone, the others by Lone
-- Star, half of these with a part that is the client's.
create temporary table held as
    select t.p, t.practice, t.clinician, t.c, s, md5(t.c || ' charge ' || s)::uuid as charge,
           md5(t.c || ' client ' || s % 8)::uuid as client,
           date '2026-01-02' + (s * 7 + t.c::int) % 20 as day,
           date '2026-01-02' + (s * 7 + t.c::int) % 20 + 8 as paid_on,
           s % 3 <> 0 as is_insured, s % 3 = 2 as has_part,
           13500 + (s * 37 + t.c * 11) % 500 as cents
      from treats t
      cross join lateral generate_series(0, 11 + t.c::int * 7 % 9) s;
analyze house, treats, held;

insert into people.practice (practice_id, kind, name, legal_name, zone, made_at)
select h.practice, case h.clinicians when 1 then 'sole' else 'group' end, 'Practice ' || h.p,
       'Practice ' || h.p || ', PLLC', 'America/Chicago', '2025-12-01'
  from house h;
insert into people.person (person_id, name, address, met_at)
select t.person, 'Clinician ' || t.c, t.c || '@practice.example', '2025-12-01' from treats t;
insert into people.member (practice_id, person_id, name, since)
select t.practice, t.person, 'Clinician ' || t.c, '2025-12-01' from treats t;
insert into people.role (practice_id, id, person_id, role, given_at)
select t.practice, gen_random_uuid(), t.person, r.role, '2025-12-01'
  from treats t
  join (values ('owner', 1), ('clinician', 1000)) r (role, until) on t.k <= r.until;
insert into people.clinician (practice_id, clinician_id, person_id, name, credential)
select t.practice, t.clinician, t.person, 'Clinician ' || t.c, 'LPC' from treats t;
insert into people.client (practice_id, client_id, number, name, state, since)
select t.practice, md5(t.c || ' client ' || j)::uuid, t.k * 8 + j, 'Client ' || j, 'TX', '2025-12-01'
  from treats t, generate_series(0, 7) j;

-- Terms: the first of each practice owns it, the others are engaged.
insert into terms.agreement (practice_id, agreement_id, version, begins_on, ends_on, notice_days, wording,
                             text_hash, proposed_by, proposed_at)
select h.practice, h.practice, a.version, a.begins_on, a.ends_on, a.notice_days, a.wording, a.text_hash,
       a.proposed_by, a.proposed_at
  from terms.agreement a, house h;
insert into terms.service (practice_id, agreement_id, service, included, excluded, is_marketing, clause, method,
                           evidence, valid_from, review_by)
select h.practice, h.practice, s.service, s.included, s.excluded, s.is_marketing, s.clause, s.method, s.evidence,
       s.valid_from, s.review_by
  from terms.service s, house h;
insert into terms.signature (practice_id, agreement_id, side, person_id, typed_name, text_hash, signed_at)
select h.practice, h.practice, s.side, s.person_id, s.typed_name, s.text_hash, s.signed_at
  from terms.signature s, house h;
insert into terms.engagement (practice_id, engagement_id, clinician_id, version, begins_on, ends_on, notice_days,
                              clauses, wording, text_hash, proposed_by, proposed_at)
select t.practice, t.clinician, t.clinician, e.version, e.begins_on, e.ends_on, e.notice_days, e.clauses, e.wording,
       e.text_hash, e.proposed_by, e.proposed_at
  from terms.engagement e
  join treats t on 1 < t.k;
insert into terms.engagement_signature (practice_id, engagement_id, side, person_id, typed_name, text_hash,
                                        signed_at)
select t.practice, t.clinician, s.side, s.person_id, s.typed_name, s.text_hash, s.signed_at
  from terms.engagement_signature s
  join treats t on 1 < t.k;

-- Billing: a signed note and a charge for each session, a claim for each that is insured.
insert into chart.note (practice_id, note_id, client_id, clinician_id, author_id, service, state, version, tab_id,
                        tab_from, begun_at, saved_at, signed_at, signed_by, began_at, ended_at, place, text_sha256)
select h.practice, h.charge, h.client, h.clinician, h.clinician, 'individual', 'signed', 1, h.charge, 0, h.day, h.day,
       h.day, h.clinician, h.day, h.day + interval '50 minutes', 'office', sha256('')
  from held h;
insert into billing.charge (practice_id, charge_id, number, note_id, client_id, clinician_id, service_on, cpt, units,
                            modifiers, pos, cents, payer_code, made_at)
select h.practice, h.charge, row_number() over (partition by h.practice), h.charge, h.client, h.clinician, h.day,
       '90834', 1, '{}', '11', h.cents, case when h.is_insured then 'LONESTAR' end, h.day
  from held h;
insert into billing.claim (practice_id, claim_id, charge_id, number, payer_code, bills_as_clinician_id, state,
                           state_since)
select h.practice, md5('claim ' || h.charge)::uuid, h.charge, 'C' || h.c || '-' || h.s, 'LONESTAR', h.clinician, 'paid', h.day
  from held h
 where h.is_insured;
insert into billing.file (practice_id, file_id, direction, kind, name, sealed, hash, control, kept_at)
select h.practice, h.practice, 'out', '837P', 'batch', '\x00', sha256(''), 1, '2026-01-20' from house h;
insert into billing.history (practice_id, claim_id, file_id, at, says)
select h.practice, md5('claim ' || h.charge)::uuid, h.practice, h.day, 'Sent.' from held h where h.is_insured;
insert into billing.client_share (practice_id, answer_id, reason, client_id, charge_id, cents)
select h.practice, h.charge, '3', h.client, h.charge, 2500 from held h where h.has_part;

-- The books. Of each entry: rule, cause, the two accounts, the two beside them where money moves.
create temporary table booked as
    select h.*, e.rule, md5(h.charge || e.rule)::uuid as entry, e.cause_kind, e.posted_on, e.amount, e.debit, e.credit,
           e.memorandum, e.payer, e.at
      from held h
      cross join lateral (values
          (0, 'charge', 'charge', h.day, h.cents,
              case when h.is_insured then 'payer_receivable' else 'client_receivable' end, 'income', null, h.is_insured, true),
          (1, 'contractual_adjustment', 'remittance', h.paid_on, 3000, 'contractual', 'payer_receivable', null, true,
              h.is_insured),
          (2, 'patient_responsibility', 'remittance', h.paid_on, 2500, 'client_receivable', 'payer_receivable', null, true,
              h.has_part),
          (3, 'payer_payment', 'remittance', h.paid_on, h.cents - case when h.has_part then 5500 else 3000 end, 'bank',
              'payer_receivable', 1, true, h.is_insured),
          (4, 'client_payment', 'client_payment', h.paid_on, case when h.has_part then 2500 else h.cents end, 'bank',
              'client_receivable', 1, false, h.has_part or not h.is_insured),
          (5, 'recoupment', 'remittance', h.paid_on, 1000, 'payer_receivable', 'bank', -1, true, h.s = 1))
          e (at, rule, cause_kind, posted_on, amount, debit, credit, memorandum, payer, is_there)
     where e.is_there;
analyze booked;
insert into ledger.payment (practice_id, payment_id, client_id, way, cents, arrived_on, written_at)
select b.practice, b.charge, b.client, 'cash', b.amount, b.posted_on, b.posted_on + interval '18 hours'
  from booked b
 where b.rule = 'client_payment';
insert into ledger.entry (practice_id, entry_id, posted_at, posted_on, happened_on, belongs_to, rule, cause_kind, cause_id,
                          lines, charge_id, client_id, clinician_id, payer_code)
select b.practice, b.entry, b.posted_on + interval '18 hours', b.posted_on, b.posted_on, '2026-01-01', b.rule, b.cause_kind,
       b.charge, case when b.memorandum is null then 2 else 4 end, b.charge, b.client, b.clinician,
       case when b.payer then 'LONESTAR' end
  from booked b
 order by b.posted_on, b.p, b.c, b.s, b.at;
insert into ledger.posting (practice_id, entry_id, line, account, cents, charge_id, client_id, clinician_id, payer_code)
select b.practice, b.entry, l.line, l.account, l.cents, b.charge, b.client, b.clinician,
       case when l.account = 'payer_receivable' then 'LONESTAR' end
  from booked b
  cross join lateral (values
      (1, b.debit, b.amount), (2, b.credit, -b.amount),
      (3, case b.memorandum when 1 then 'money_in' else 'held' end, b.amount),
      (4, case b.memorandum when 1 then 'held' else 'money_in' end, -b.amount)) l (line, account, cents)
 where l.line <= case when b.memorandum is null then 2 else 4 end
 order by b.posted_on, b.p, b.c, b.s, b.at, l.line;

drop table booked, held, treats, house;
set session_replication_role = origin;
