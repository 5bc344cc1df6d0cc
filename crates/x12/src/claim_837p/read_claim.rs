//! Reading a claim: loops 2300 to 2430. `NM1*82` in 2310B and in 2420A, `REF*F8` in 2300 and in
//! 2330B, `CAS` at two levels: place decides, never the id alone.

use crate::adjustment;
use crate::amount::Milli;
use crate::claim_837p::read::{identified, policy};
use crate::claim_837p::{
    Accident, Assignment, Benefits, Claim, ClaimReferences, Clinician, Dependent, Facility, Line,
    LineDecision, OtherPayer, Payer, Policy, Relation, Release, Subscriber,
};
use crate::codes::Frequency;
use crate::finding::{Kind, Level};
use crate::parsed::Walk;
use crate::party::{Address, Days, Id, Name, Procedure};

/// The loop that a segment below a claim stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClaimPlace {
    /// 2300.
    Claim,
    /// 2310: the clinician or facility of this code.
    Named(Role),
    /// 2320.
    Other,
    /// 2330A.
    OtherSubscriber,
    /// 2330B.
    OtherPayer,
    /// 2330C and on: kept aside.
    OtherProvider,
    /// 2400.
    Line,
    /// 2420: the clinician of this code.
    LineNamed(Role),
    /// 2430.
    Decision,
}

/// What somebody named on a claim is to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Referring,
    Rendering,
    Facility,
    Supervising,
    /// Others are kept aside.
    Aside,
}

/// Begins a claim at its `CLM`.
pub(super) fn begin(
    policy: Policy,
    subscriber: Subscriber,
    payer: Payer,
    dependent: Option<Dependent>,
    walk: &mut Walk<'_, '_>,
) -> Claim {
    let place = walk.seg.el(5);
    let cause = walk.seg.el(11);
    let accident = cause.comp(1).some().map(|code| Accident {
        cause: code,
        state: cause.comp(4).some(),
        on: None,
    });
    Claim {
        policy,
        subscriber,
        dependent,
        payer,
        number: walk.need(1, "The claim number"),
        charge: walk.need_money(2, "The charge of the claim"),
        place_of_service: place.comp(1).text().into_owned(),
        frequency: Frequency::of(&place.comp(3).text()),
        is_signed_by_provider: walk.text(6) == "Y",
        assignment: Assignment::of(&walk.text(7)),
        benefits: Benefits::of(&walk.text(8)),
        release: Release::of(&walk.text(9)),
        is_signed_for_client: walk.text(10) == "P",
        accident,
        delay_reason: walk.some(20),
        onset_on: None,
        admitted_on: None,
        discharged_on: None,
        client_paid: None,
        references: ClaimReferences::default(),
        note: None,
        diagnoses: Vec::new(),
        referring: None,
        rendering: None,
        facility: None,
        supervising: None,
        other_payers: Vec::new(),
        lines: Vec::new(),
        span: walk.seg.span(),
    }
}

/// Takes a segment below a claim; the place it stands in.
pub(super) fn below(claim: &mut Claim, place: ClaimPlace, walk: &mut Walk<'_, '_>) -> ClaimPlace {
    use ClaimPlace::*;
    let in_line = matches!(place, Line | LineNamed(_) | Decision);
    match (walk.seg.id(), place) {
        ("LX", _) => {
            walk.loop_id = "2400";
            claim.lines.push(new_line());
            return Line;
        }
        ("SBR", _) if !in_line => {
            walk.loop_id = "2320";
            let other = other_payer(walk);
            claim.other_payers.push(other);
            return Other;
        }
        ("SVD", _) if in_line => {
            walk.loop_id = "2430";
            let decision = decision(walk);
            if let Some(line) = claim.lines.last_mut() {
                line.decisions.push(decision);
            }
            return Decision;
        }
        ("NM1", _) => return named(claim, place, walk),
        ("SV1", Line) => line_segment(claim, walk),
        (_, Claim) => in_claim(claim, walk),
        (_, Named(role)) => of_named(claim, role, walk),
        (_, Other | OtherSubscriber | OtherPayer) => in_other(claim, place, walk),
        (_, OtherProvider) => walk.leave_quietly(),
        (_, Line) => in_line_segment(claim, walk),
        (_, LineNamed(role)) => match (walk.seg.id(), role, claim.lines.last_mut()) {
            ("PRV", Role::Rendering, Some(line)) => {
                if let Some(rendering) = &mut line.rendering {
                    rendering.taxonomy = walk.some(3);
                }
            }
            (_, Role::Aside, _) => walk.leave_quietly(),
            _ => walk.leave(),
        },
        (_, Decision) => in_decision(claim, walk),
    }
    place
}

fn in_claim(claim: &mut Claim, walk: &mut Walk<'_, '_>) {
    let numbers = &mut claim.references;
    match (walk.seg.id(), walk.text(1).as_str()) {
        ("DTP", "431") => claim.onset_on = walk.date(3, "The onset"),
        ("DTP", "435") => claim.admitted_on = walk.date(3, "The admission"),
        ("DTP", "096") => claim.discharged_on = walk.date(3, "The discharge"),
        ("DTP", "439") => {
            let on = walk.date(3, "The date of the accident");
            match &mut claim.accident {
                Some(accident) => accident.on = on,
                None => walk.leave(),
            }
        }
        ("AMT", "F5") => claim.client_paid = walk.money(2, "What the client paid"),
        ("REF", "9F") => numbers.referral = walk.some(2),
        ("REF", "G1") => numbers.prior_approval = walk.some(2),
        ("REF", "F8") => numbers.payer_claim = walk.some(2),
        ("REF", "D9") => numbers.trace = walk.some(2),
        ("REF", "EA") => numbers.chart = walk.some(2),
        ("NTE", "ADD") if claim.note.is_none() => claim.note = walk.some(2),
        ("HI", _) => diagnoses(claim, walk),
        ("DTP" | "REF" | "NTE" | "PWK" | "CN1" | "K3" | "CR1" | "CR2" | "CRC" | "HCP", _) => {
            walk.leave_quietly();
        }
        _ => walk.leave(),
    }
}

fn diagnoses(claim: &mut Claim, walk: &mut Walk<'_, '_>) {
    let qualifier = walk.seg.el(1).comp(1).text().into_owned();
    if !matches!(qualifier.as_str(), "ABK" | "ABF") {
        // Procedures, conditions, and ICD-9 of old files.
        return walk.leave_quietly();
    }
    for at in 1..=walk.seg.element_count().min(12) {
        claim.diagnoses.extend(walk.seg.el(at).comp(2).some());
    }
}

/// An `NM1` below a claim opens a loop; which one depends on where it stands.
fn named(claim: &mut Claim, place: ClaimPlace, walk: &mut Walk<'_, '_>) -> ClaimPlace {
    use ClaimPlace::*;
    let code = walk.text(1);
    match place {
        Claim | Named(_) => {
            let (role, loop_id) = match code.as_str() {
                "DN" if claim.referring.is_none() => (Role::Referring, "2310A"),
                "82" => (Role::Rendering, "2310B"),
                "77" => (Role::Facility, "2310C"),
                "DQ" => (Role::Supervising, "2310D"),
                _ => (Role::Aside, "2310"),
            };
            walk.loop_id = loop_id;
            let name = Name::read(&walk.seg);
            match role {
                Role::Referring => claim.referring = Some(clinician(name, walk)),
                Role::Rendering => claim.rendering = Some(clinician(name, walk)),
                Role::Supervising => claim.supervising = Some(clinician(name, walk)),
                Role::Facility => {
                    let npi = walk.some(9);
                    let address = Address::default();
                    claim.facility = Some(Facility { name: name.last, npi, address });
                }
                Role::Aside => walk.leave_quietly(),
            }
            Named(role)
        }
        Other | OtherSubscriber | OtherPayer | OtherProvider => other_named(claim, &code, walk),
        Line | LineNamed(_) | Decision => {
            walk.loop_id = "2420";
            let name = Name::read(&walk.seg);
            let Some(line) = claim.lines.last_mut() else { return place };
            let role = match code.as_str() {
                "82" => Role::Rendering,
                "DQ" => Role::Supervising,
                _ => Role::Aside,
            };
            match role {
                Role::Rendering => line.rendering = Some(clinician(name, walk)),
                Role::Supervising => line.supervising = Some(clinician(name, walk)),
                _ => walk.leave_quietly(),
            }
            LineNamed(role)
        }
    }
}

fn other_named(claim: &mut Claim, code: &str, walk: &mut Walk<'_, '_>) -> ClaimPlace {
    let name = Name::read(&walk.seg);
    let Some(other) = claim.other_payers.last_mut() else {
        walk.leave();
        return ClaimPlace::OtherProvider;
    };
    match code {
        "IL" => {
            walk.loop_id = "2330A";
            other.subscriber.name = name;
            let id = || Id { qualifier: walk.text(8), value: walk.text(9) };
            other.subscriber.member_id = walk.some(9).map(|_| id());
            ClaimPlace::OtherSubscriber
        }
        "PR" => {
            walk.loop_id = "2330B";
            other.payer.name = name.last;
            other.payer.id = identified(walk, &["PI", "XV"]);
            ClaimPlace::OtherPayer
        }
        _ => {
            walk.loop_id = "2330";
            walk.leave_quietly();
            ClaimPlace::OtherProvider
        }
    }
}

fn clinician(name: Name, walk: &Walk<'_, '_>) -> Clinician {
    Clinician { name, npi: walk.text(9), taxonomy: None }
}

fn of_named(claim: &mut Claim, role: Role, walk: &mut Walk<'_, '_>) {
    match (walk.seg.id(), role) {
        ("PRV", Role::Rendering) => {
            if let Some(rendering) = &mut claim.rendering {
                rendering.taxonomy = walk.some(3);
            }
        }
        ("N3", Role::Facility) => {
            if let Some(facility) = &mut claim.facility {
                facility.address.take_street(&walk.seg);
            }
        }
        ("N4", Role::Facility) => {
            if let Some(facility) = &mut claim.facility {
                facility.address.take_city(&walk.seg);
            }
        }
        ("REF" | "PER", _) | (_, Role::Aside) => walk.leave_quietly(),
        _ => walk.leave(),
    }
}

fn other_payer(walk: &mut Walk<'_, '_>) -> OtherPayer {
    OtherPayer {
        relation: Relation::of(&walk.text(2)),
        policy: policy(walk),
        adjustments: Vec::new(),
        paid: None,
        not_covered: None,
        remaining: None,
        benefits: Benefits::of(""),
        release: Release::of(""),
        remarks: Vec::new(),
        subscriber: Subscriber::default(),
        payer: Payer::default(),
        decided_on: None,
        payer_claim: None,
    }
}

fn in_other(claim: &mut Claim, place: ClaimPlace, walk: &mut Walk<'_, '_>) {
    use ClaimPlace::*;
    let Some(other) = claim.other_payers.last_mut() else { return walk.leave() };
    match (walk.seg.id(), walk.text(1).as_str(), place) {
        ("CAS", _, Other) => adjustment::read(walk, &mut other.adjustments),
        ("AMT", "D", Other) => other.paid = walk.money(2, "What the other payer paid"),
        ("AMT", "A8", Other) => other.not_covered = walk.money(2, "What is not covered"),
        ("AMT", "EAF", Other) => other.remaining = walk.money(2, "What the client owes"),
        ("OI", _, Other) => {
            other.benefits = Benefits::of(&walk.text(3));
            other.release = Release::of(&walk.text(6));
        }
        ("MOA", _, Other) => other.remarks = (3..=7).filter_map(|at| walk.some(at)).collect(),
        ("N3" | "N4", _, OtherSubscriber) => {
            Address::take(&mut other.subscriber.address, &walk.seg);
        }
        ("N3" | "N4", _, OtherPayer) => Address::take(&mut other.payer.address, &walk.seg),
        ("DTP", "573", OtherPayer) => other.decided_on = walk.date(3, "The day of the decision"),
        ("REF", "F8", OtherPayer) => other.payer_claim = walk.some(2),
        ("REF" | "AMT" | "MIA", _, _) => walk.leave_quietly(),
        _ => walk.leave(),
    }
}

fn new_line() -> Line {
    Line {
        procedure: Procedure::default(),
        charge: Default::default(),
        units: Milli(0),
        place_of_service: None,
        pointers: Vec::new(),
        is_emergency: false,
        service: None,
        prior_approval: None,
        number: None,
        rendering: None,
        supervising: None,
        decisions: Vec::new(),
        span: Default::default(),
    }
}

fn line_segment(claim: &mut Claim, walk: &mut Walk<'_, '_>) {
    let known = claim.diagnoses.len();
    let Some(line) = claim.lines.last_mut() else { return walk.leave() };
    line.span = walk.seg.span();
    line.procedure = Procedure::read(&walk.seg, 1).unwrap_or_default();
    line.charge = walk.need_money(2, "The charge of the line");
    line.units = walk.quantity(4, "The units").unwrap_or_default();
    line.place_of_service = walk.some(5);
    line.is_emergency = walk.text(9) == "Y";
    let pointers = walk.seg.el(7);
    for at in 1..=4 {
        let pointer = pointers.comp(at);
        if pointer.is_empty() {
            continue;
        }
        // Without ICD-10 codes nothing can be compared: old files have ICD-9, which is kept aside.
        let fits = |it: &usize| known == 0 || (1..=known).contains(it);
        match pointer.count().filter(fits) {
            Some(it) => line.pointers.push(it),
            None => {
                let says =
                    format!("SV107 points at diagnosis {}, which is not there.", pointer.text());
                walk.find(Kind::BadPointer, Level::Business, 7, says);
            }
        }
    }
}

fn in_line_segment(claim: &mut Claim, walk: &mut Walk<'_, '_>) {
    let Some(line) = claim.lines.last_mut() else { return walk.leave() };
    match (walk.seg.id(), walk.text(1).as_str()) {
        ("DTP", "472") => line.service = Days::read(walk, "The service date"),
        ("REF", "G1") => line.prior_approval = walk.some(2),
        ("REF", "6R") => line.number = walk.some(2),
        (
            "DTP" | "REF" | "PWK" | "CN1" | "AMT" | "K3" | "NTE" | "HCP" | "CR1" | "CR3" | "CRC"
            | "QTY" | "MEA" | "SV5" | "PS1" | "LIN" | "CTP" | "LQ" | "FRM",
            _,
        ) => walk.leave_quietly(),
        _ => walk.leave(),
    }
}

fn decision(walk: &mut Walk<'_, '_>) -> LineDecision {
    LineDecision {
        payer_id: walk.need(1, "Who decided"),
        paid: walk.need_money(2, "What was paid for the line"),
        procedure: Procedure::read(&walk.seg, 3).unwrap_or_default(),
        units: walk.quantity(5, "The units paid").unwrap_or(Milli::ONE),
        bundled_into: walk.some(6),
        adjustments: Vec::new(),
        decided_on: None,
        remaining: None,
    }
}

fn in_decision(claim: &mut Claim, walk: &mut Walk<'_, '_>) {
    let decision = claim.lines.last_mut().and_then(|it| it.decisions.last_mut());
    let Some(decision) = decision else { return walk.leave() };
    match (walk.seg.id(), walk.text(1).as_str()) {
        ("CAS", _) => adjustment::read(walk, &mut decision.adjustments),
        ("DTP", "573") => decision.decided_on = walk.date(3, "The day of the decision"),
        ("AMT", "EAF") => decision.remaining = walk.money(2, "What the client owes"),
        ("LQ" | "FRM", _) => walk.leave_quietly(),
        _ => walk.leave(),
    }
}
