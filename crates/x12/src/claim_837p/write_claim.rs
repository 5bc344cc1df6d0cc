//! Writing a claim: loops 2300 to 2430, in the order of the guide.

use crate::adjustment;
use crate::claim_837p::write::{entity, holder, payer, policy};
use crate::claim_837p::{
    Assignment, Claim, Clinician, Facility, Line, LineDecision, OtherPayer, rules,
};
use crate::out::Out;
use crate::party::{Days, Name};

/// Writes loop 2300 and what is below it.
pub(super) fn claim(claim: &Claim, out: &mut Out) {
    claim_segment(claim, out);
    let accident = claim.accident.as_ref().and_then(|it| it.on);
    for (qualifier, field, date) in [
        ("431", "DTP*431 onset", claim.onset_on),
        ("439", "DTP*439 accident", accident),
        ("435", "DTP*435 admission", claim.admitted_on),
        ("096", "DTP*096 discharge", claim.discharged_on),
    ] {
        if let Some(date) = date {
            out.days(field, qualifier, Days::one(date));
        }
    }
    if let Some(paid) = claim.client_paid {
        out.row("AMT").code("F5").money("AMT*F5 client paid", paid).end();
    }
    let numbers = &claim.references;
    for (qualifier, field, number) in [
        ("9F", "REF*9F referral", &numbers.referral),
        ("G1", "REF*G1 prior approval", &numbers.prior_approval),
        ("F8", "REF*F8 payer's claim number", &numbers.payer_claim),
        ("D9", "REF*D9 trace", &numbers.trace),
        ("EA", "REF*EA chart number", &numbers.chart),
    ] {
        if let Some(number) = number {
            out.reference(field, qualifier, number);
        }
    }
    if let Some(note) = &claim.note {
        out.row("NTE").code("ADD").text("NTE02 note", note, 1..=80).end();
    }
    diagnoses(claim, out);
    for (code, of, clinician) in
        [("DN", "2310A", &claim.referring), ("82", "2310B", &claim.rendering)]
    {
        if let Some(it) = clinician {
            self::clinician(code, of, it, out);
        }
    }
    if let Some(it) = &claim.facility {
        facility(it, out);
    }
    if let Some(it) = &claim.supervising {
        clinician("DQ", "2310D", it, out);
    }
    claim.other_payers.iter().for_each(|it| other_payer(it, out));
    for (index, it) in claim.lines.iter().enumerate() {
        out.place = format!("claim {}, line {}", claim.number, index + 1);
        rules::line(it, claim, out);
        line(index + 1, it, out);
    }
}

fn claim_segment(claim: &Claim, out: &mut Out) {
    let place = claim.place_of_service.as_str();
    let frequency = claim.frequency.code();
    let known = !matches!(claim.assignment, Assignment::Unlisted(_));
    out.require(known, "CLM07", "Assignment is A, B or C.");
    let row = out
        .row("CLM")
        .text("CLM01 claim number", &claim.number, 1..=38)
        .money("CLM02 charge", claim.charge)
        .skip(2)
        .composite(&[
            ("CLM05-1 place of service", place, 1..=2),
            ("CLM05-2", "B", 1..=1),
            ("CLM05-3 frequency", frequency, 1..=1),
        ])
        .code(if claim.is_signed_by_provider { "Y" } else { "N" })
        .text("CLM07 assignment", claim.assignment.code(), 1..=1)
        .text("CLM08 benefits", claim.benefits.code(), 1..=1)
        .text("CLM09 release", claim.release.code(), 1..=1)
        .code(if claim.is_signed_for_client { "P" } else { "" });
    let row = match &claim.accident {
        Some(accident) => {
            let state = accident.state.as_deref().unwrap_or_default();
            row.composite(&[
                ("CLM11-1 accident", accident.cause.as_str(), 2..=2),
                ("CLM11-2", "", 0..=0),
                ("CLM11-3", "", 0..=0),
                ("CLM11-4 state", state, 2..=2),
            ])
        }
        None => row.skip(1),
    };
    row.skip(8).opt("CLM20 delay reason", &claim.delay_reason, 1..=2).end();
}

fn diagnoses(claim: &Claim, out: &mut Out) {
    let mut row = out.row("HI");
    for (index, code) in claim.diagnoses.iter().enumerate() {
        let qualifier = if index == 0 { "ABK" } else { "ABF" };
        let parts = [("HI qualifier", qualifier, 3..=3), ("HI diagnosis", code.as_str(), 3..=7)];
        row = row.composite(&parts);
    }
    row.end();
}

fn clinician(code: &str, of: &str, clinician: &Clinician, out: &mut Out) {
    entity(code, of, true, &clinician.name, Some(("XX", &clinician.npi)), out);
    let rendering = code == "82";
    if let Some(taxonomy) = clinician.taxonomy.as_ref().filter(|_| rendering) {
        out.row("PRV").code("PE").code("PXC").text("PRV03 taxonomy", taxonomy, 10..=10).end();
    }
    let fits = rendering || clinician.taxonomy.is_none();
    out.require(fits, &format!("{of} PRV"), "Only the rendering clinician has a taxonomy here.");
}

fn facility(facility: &Facility, out: &mut Out) {
    let id = facility.npi.as_deref().map(|npi| ("XX", npi));
    entity("77", "2310C", false, &Name::organization(&facility.name), id, out);
    out.address("2310C", &facility.address);
    let nine = facility.address.zip.len() == 9;
    out.require(nine, "2310C N403", "The ZIP code of a place of service has nine digits.");
}

fn other_payer(other: &OtherPayer, out: &mut Out) {
    policy(&other.policy, Some(&other.relation), out);
    adjustment::write(out, &other.adjustments);
    for (qualifier, amount) in
        [("D", other.paid), ("A8", other.not_covered), ("EAF", other.remaining)]
    {
        if let Some(amount) = amount {
            out.row("AMT").code(qualifier).money("AMT02", amount).end();
        }
    }
    out.row("OI")
        .skip(2)
        .text("OI03 benefits", other.benefits.code(), 1..=1)
        .skip(2)
        .text("OI06 release", other.release.code(), 1..=1)
        .end();
    if !other.remarks.is_empty() {
        let row = out.row("MOA").skip(2);
        other.remarks.iter().take(5).fold(row, |row, it| row.text("MOA remark", it, 1..=50)).end();
    }
    holder("2330A", &other.subscriber, out);
    payer("2330B", &other.payer, out);
    if let Some(date) = other.decided_on {
        out.days("DTP*573", "573", Days::one(date));
    }
    if let Some(number) = &other.payer_claim {
        out.reference("2330B REF*F8", "F8", number);
    }
    let plain = other.subscriber.demographics.is_none();
    out.require(plain, "2330A DMG", "The holder of another policy has no birth date here.");
}

fn line(number: usize, line: &Line, out: &mut Out) {
    out.row("LX").code(&number.to_string()).end();
    let pointer = |at: usize| line.pointers.get(at).map(|it| it.to_string()).unwrap_or_default();
    let [first, second, third, fourth] = [0, 1, 2, 3].map(pointer);
    out.row("SV1")
        .procedure("SV101 procedure", &line.procedure)
        .money("SV102 charge", line.charge)
        .code("UN")
        .quantity("SV104 units", Some(line.units))
        .opt("SV105 place of service", &line.place_of_service, 1..=2)
        .skip(1)
        .composite(&[
            ("SV107", first.as_str(), 1..=2),
            ("SV107", second.as_str(), 1..=2),
            ("SV107", third.as_str(), 1..=2),
            ("SV107", fourth.as_str(), 1..=2),
        ])
        .skip(1)
        .code(if line.is_emergency { "Y" } else { "" })
        .end();
    if let Some(days) = line.service {
        out.days("DTP*472 service date", "472", days);
    }
    if let Some(number) = &line.prior_approval {
        out.reference("REF*G1 prior approval", "G1", number);
    }
    if let Some(number) = &line.number {
        out.row("REF").code("6R").text("REF*6R line number", number, 1..=30).end();
    }
    if let Some(it) = &line.rendering {
        clinician("82", "2420A", it, out);
    }
    if let Some(it) = &line.supervising {
        clinician("DQ", "2420D", it, out);
    }
    line.decisions.iter().for_each(|it| decision(it, out));
}

fn decision(decision: &LineDecision, out: &mut Out) {
    out.row("SVD")
        .text("SVD01 payer", &decision.payer_id, 2..=80)
        .money("SVD02 paid", decision.paid)
        .procedure("SVD03 procedure", &decision.procedure)
        .skip(1)
        .quantity("SVD05 units", Some(decision.units))
        .opt("SVD06 bundled line", &decision.bundled_into, 1..=6)
        .end();
    adjustment::write(out, &decision.adjustments);
    if let Some(date) = decision.decided_on {
        out.days("DTP*573", "573", Days::one(date));
    }
    if let Some(amount) = decision.remaining {
        out.row("AMT").code("EAF").money("AMT*EAF", amount).end();
    }
}
