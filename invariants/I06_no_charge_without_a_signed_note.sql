-- A charge is of the work of a note that is signed, for that note's client and clinician; and a
-- claim is of a charge that somebody is asked to pay.
select 'practice ' || c.practice_id || ', charge ' || c.charge_id
  from billing.charge c
 where not exists (
       select from chart.note n
        where n.practice_id = c.practice_id
          and n.note_id = c.note_id
          and n.state = 'signed'
          and n.client_id = c.client_id
          and n.clinician_id = c.clinician_id)
 union all
select 'practice ' || m.practice_id || ', claim ' || m.claim_id
  from billing.claim m
 where not exists (
       select from billing.charge c
        where c.practice_id = m.practice_id
          and c.charge_id = m.charge_id
          and c.payer_code = m.payer_code)
