//! Claims: read as they were written, and refused with their reason when they break the guide.

use jiff::civil::date;
use x12::claim_837p::{Claim, ClaimBatch, LineDecision, Relation};
use x12::codes::Frequency;
use x12::{Cents, Days, Milli, NotWritten, Outgoing};

use crate::cast::{self, batch, child_claim, full_claim, secondary_claim, video_claim};
use crate::samples::{claims, remittance, sample};

fn write(batch: &ClaimBatch) -> Result<Vec<u8>, NotWritten> {
    x12::write(&cast::envelope(), &[Outgoing::Claims(batch)])
}

#[test]
fn a_batch_is_read_as_it_was_written() {
    let mut moved = child_claim();
    moved.number = "TRL-2009".to_owned();
    let batch = batch(vec![video_claim(), child_claim(), moved, secondary_claim(), full_claim()]);

    let parsed = claims(&write(&batch).unwrap()).remove(0);

    assert!(parsed.findings.is_empty(), "{:?}", parsed.findings);
    assert!(parsed.rest.is_empty());
    assert_eq!(parsed.value, batch);
}

#[test]
fn two_claims_of_one_client_share_their_levels() {
    let mut second = child_claim();
    second.number = "TRL-2009".to_owned();

    let text = String::from_utf8(write(&batch(vec![child_claim(), second])).unwrap()).unwrap();

    assert_eq!(text.matches("\nHL*").count(), 3);
    assert_eq!(text.matches("\nCLM*").count(), 2);
    assert!(text.contains("\nHL*1**20*1~") && text.contains("\nHL*2*1*22*1~"));
    assert!(text.contains("\nHL*3*2*23*0~"));
}

#[test]
fn a_replacement_and_a_void_name_the_payers_number() {
    for frequency in [Frequency::Replacement, Frequency::Void] {
        let mut claim = video_claim();
        claim.frequency = frequency.clone();
        assert!(says(claim.clone()).contains("REF*F8"));

        claim.references.payer_claim = Some("EV26021900071".to_owned());
        let text = String::from_utf8(write(&batch(vec![claim])).unwrap()).unwrap();
        assert!(
            text.contains(&format!("*10:B:{}*Y*A*Y*Y~\nREF*F8*EV26021900071~", frequency.code()))
        );
    }
}

#[test]
fn what_a_first_payer_decided_goes_to_the_second_with_one_segment_for_each_group() {
    let first = remittance(sample("C008")).value;
    let line = &first.claims().next().unwrap().lines[0];
    let mut claim = secondary_claim();
    claim.lines[0].decisions = vec![LineDecision::of("66021", line, first.payment.paid_on)];
    claim.other_payers[0].payer.id.value = "66021".to_owned();
    claim.other_payers[0].paid = Some(line.paid);

    let text = String::from_utf8(write(&batch(vec![claim])).unwrap()).unwrap();

    let expected = "SVD*66021*72.64*HC:90834**1~\nCAS*CO*45*52.35**253*1.48~\n\
                    CAS*PR*1*30**2*18.53~\nDTP*573*D8*20260202~\n";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn medicare_cases_are_written_as_they_were_read() {
    for parsed in claims(sample("C009")) {
        assert_eq!(claims(&write(&parsed.value).unwrap()).remove(0).value, parsed.value);
    }
}

/// Why a batch of one claim is not written.
fn says(claim: Claim) -> String {
    says_of(batch(vec![claim]))
}

fn says_of(batch: ClaimBatch) -> String {
    let faults = write(&batch).expect_err("it was written").0;
    faults.iter().map(|it| format!("{} {}: {}\n", it.place, it.field, it.says)).collect()
}

/// A change that breaks a claim.
type Break = fn(&mut Claim);

#[test]
fn a_claim_that_breaks_a_rule_is_not_written_and_says_which() {
    let table: [(&str, Break); 34] = [
        ("CLM01", |it| it.number = "TRL-2026-02-24-0000001".to_owned()),
        ("CLM01", |it| it.number = "TRL 1".to_owned()),
        ("CLM01", |it| it.number = String::new()),
        ("CLM02", |it| it.charge = Cents(17_501)),
        ("CLM05-3", |it| it.references.payer_claim = Some("EV1".to_owned())),
        ("CLM05-3", |it| it.frequency = Frequency::Unlisted("6".to_owned())),
        ("CLM05-1", |it| it.place_of_service = "1".to_owned()),
        ("DTP*435", |it| it.place_of_service = "21".to_owned()),
        ("HI", |it| it.diagnoses = vec!["F41.1".to_owned()]),
        ("HI", |it| it.diagnoses = vec![]),
        ("HI", |it| it.diagnoses = vec!["F411".to_owned(), "F411".to_owned()]),
        ("HI", |it| it.lines[0].service = Some(Days::one(date(2014, 1, 2)))),
        ("SV107", |it| it.lines[0].pointers = vec![2]),
        ("SV107", |it| it.lines[0].pointers = vec![]),
        ("SV107", |it| it.lines[0].pointers = vec![1, 1]),
        ("SV101", |it| it.lines[0].procedure.modifiers = vec!["95".to_owned(), "93".to_owned()]),
        ("SV101", |it| it.lines[0].procedure.modifiers = vec!["9".to_owned()]),
        ("SV104", |it| it.lines[0].units = Milli(0)),
        ("SV102", |it| it.lines[0].charge = Cents(-1)),
        ("SV105", |it| it.lines[0].place_of_service = Some("10".to_owned())),
        ("DTP*472", |it| it.lines[0].service = None),
        ("DTP*472", |it| it.lines[0].service = Some(Days::one(date(1988, 4, 11)))),
        ("2400", |it| it.lines = vec![]),
        ("2010BA N3", |it| it.subscriber.address = None),
        ("2010BA DMG02", |it| it.subscriber.demographics = None),
        ("2010BA NM109", |it| it.subscriber.member_id = None),
        ("N401 city", |it| it.subscriber.address.as_mut().unwrap().city = "undefined".to_owned()),
        ("street", |it| it.subscriber.address.as_mut().unwrap().line = "NULL".to_owned()),
        ("last or organization name", |it| it.subscriber.name.last = "MUÑOZ".to_owned()),
        ("last or organization name", |it| it.subscriber.name.last = "WIN~TERS".to_owned()),
        ("2310B", |it| it.rendering = None),
        ("2310B", |it| it.rendering.as_mut().unwrap().npi = "1234567802".to_owned()),
        ("NM109", |it| it.rendering.as_mut().unwrap().npi = "1112223339".to_owned()),
        ("SBR05", |it| it.policy.medicare_second = Some("12".to_owned())),
    ];
    assert!(write(&batch(vec![video_claim()])).is_ok());
    for (field, break_it) in table {
        let mut claim = video_claim();
        break_it(&mut claim);
        let said = says(claim);
        assert!(said.contains(field), "{field} is not among:\n{said}");
    }
}

#[test]
fn a_secondary_claim_accounts_for_every_cent_of_the_first_payer() {
    let table: [(&str, Break); 7] = [
        ("SVD02", |it| it.lines[0].decisions[0].paid = Cents(8_321)),
        ("AMT*D", |it| it.other_payers[0].paid = Some(Cents(8_321))),
        ("SVD01", |it| it.lines[0].decisions[0].payer_id = "EVG02".to_owned()),
        ("DTP*573", |it| it.lines[0].decisions[0].decided_on = None),
        ("DTP*573", |it| it.other_payers[0].decided_on = Some(date(2026, 3, 1))),
        ("SBR01", |it| it.policy.turn = x12::claim_837p::Turn::Primary),
        ("2330B NM109", |it| it.other_payers[0].payer = it.payer.clone()),
    ];
    for (field, break_it) in table {
        let mut claim = secondary_claim();
        break_it(&mut claim);
        let said = says(claim);
        assert!(said.contains(field), "{field} is not among:\n{said}");
    }
}

#[test]
fn a_client_who_is_not_the_subscriber_stands_in_a_loop_of_their_own() {
    let mut claim = child_claim();
    claim.dependent.as_mut().unwrap().relation = Relation::Oneself;
    assert!(says(claim).contains("PAT01"));

    let mut claim = child_claim();
    claim.dependent.as_mut().unwrap().demographics.born_on = None;
    assert!(says(claim).contains("2010CA DMG02"));
}

/// A change that breaks a batch.
type BreakBatch = fn(&mut ClaimBatch);

#[test]
fn a_batch_is_of_one_practice_that_bills_in_its_own_name() {
    let table: [(&str, BreakBatch); 9] = [
        ("2000A", |it| it.practices.push(it.practices[0].clone())),
        ("2000A", |it| it.practices.clear()),
        ("2010AA NM109", |it| it.practices[0].billing.npi = "1234567803".to_owned()),
        ("2010AA REF02", |it| it.practices[0].billing.tax_id.value = "91-0000011".to_owned()),
        ("2010AA N301", |it| it.practices[0].billing.address.line = "PO BOX 12".to_owned()),
        ("2010AA N403", |it| it.practices[0].billing.address.zip = "97701".to_owned()),
        ("1000A PER", |it| it.submitter.contacts.clear()),
        ("CLM01", |it| it.practices[0].claims.push(video_claim())),
        ("BHT04", |it| it.created = None),
    ];
    for (field, break_it) in table {
        let mut broken = batch(vec![video_claim()]);
        break_it(&mut broken);
        let said = says_of(broken);
        assert!(said.contains(field), "{field} is not among:\n{said}");
    }
}

#[test]
fn neither_diagnoses_nor_names_reach_a_log() {
    let mut claim = full_claim();
    let shown = format!("{:?}", batch(vec![claim.clone()]));
    for word in ["F4310", "WINTERS", "EVG000111222", "DATES CORRECTED", "HEMLOCK", "1988"] {
        assert!(!shown.contains(word), "{word} is in {shown}");
    }
    claim.diagnoses = vec!["F43.10".to_owned()];
    let refused = write(&batch(vec![claim])).unwrap_err().to_string();
    assert!(refused.contains("claim TRL-2004") && !refused.contains("F43"), "{refused}");
}

#[test]
fn every_fault_is_named_at_once_with_its_place() {
    let mut claim = child_claim();
    claim.number = "TRL 1".to_owned();
    claim.lines[1].units = Milli(0);

    let said = says(claim);

    assert!(said.contains("claim TRL 1 CLM01:"), "{said}");
    assert!(said.contains("claim TRL 1, line 2 SV104:"), "{said}");
}

#[test]
fn control_numbers_and_ids_have_their_width() {
    let batch = batch(vec![video_claim()]);
    let bytes = write(&batch).unwrap();
    let isa = bytes.split(|it| *it == b'~').next().unwrap();
    assert_eq!(isa.len(), 105);

    let mut envelope = cast::envelope();
    envelope.control = 1_000_000_000;
    assert!(x12::write(&envelope, &[Outgoing::Claims(&batch)]).is_err());
    let mut envelope = cast::envelope();
    envelope.receiver.value = "A RECEIVER TOO LONG".to_owned();
    assert!(x12::write(&envelope, &[Outgoing::Claims(&batch)]).is_err());
    assert!(x12::write(&cast::envelope(), &[]).is_err());
}
