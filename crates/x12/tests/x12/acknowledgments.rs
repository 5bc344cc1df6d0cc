//! What partners answer: TA1, 999 and 277CA, read, written, and what they make of a claim.

use jiff::civil::date;
use x12::ack_277ca::{
    About, Acknowledgment277, ClaimAnswer, LineAnswer, Outcome, ProviderAnswer, Receiver, Source,
    Status, StatusCode,
};
use x12::ack_999::{Acknowledgment999, ElementError, SegmentError, SetVerdict, Verdict};
use x12::ta1::{InterchangeVerdict, Ta1};
use x12::{Cents, Days, Entity, Id, Informs, Milli, Name, Outgoing, Party, Procedure, Span};

use crate::cast;
use crate::samples::sample;

fn text(value: &str) -> Option<String> {
    Some(value.to_owned())
}

fn rejected_set() -> Acknowledgment999 {
    Acknowledgment999 {
        functional_id: "HC".to_owned(),
        group_control: "41".to_owned(),
        guide: text("005010X222A1"),
        sets: vec![
            SetVerdict {
                id: "837".to_owned(),
                control: "0001".to_owned(),
                guide: text("005010X222A1"),
                segments: vec![SegmentError {
                    tag: "SV1".to_owned(),
                    position: 29,
                    loop_id: text("2400"),
                    error: text("8"),
                    contexts: vec![vec!["CLM01".to_owned(), "TRL-2002".to_owned()]],
                    elements: vec![ElementError {
                        element: 1,
                        component: Some(3),
                        repetition: None,
                        reference: text("1339"),
                        error: "7".to_owned(),
                        seen: text("ZZ"),
                        contexts: Vec::new(),
                    }],
                }],
                verdict: Verdict::Rejected,
                errors: vec!["5".to_owned()],
            },
            SetVerdict {
                id: "837".to_owned(),
                control: "0002".to_owned(),
                guide: text("005010X222A1"),
                segments: Vec::new(),
                verdict: Verdict::AcceptedWithErrors,
                errors: vec!["I5".to_owned()],
            },
        ],
        verdict: Verdict::Partly,
        counts: [2, 2, 1],
        errors: Vec::new(),
    }
}

#[test]
fn a_999_is_read_as_it_was_written_and_names_the_claim() {
    let ack = rejected_set();

    let bytes = x12::write(&cast::envelope(), &[Outgoing::Acknowledgment999(&ack)]).unwrap();
    let file = x12::read(&bytes).unwrap();
    let parsed = x12::ack_999::read(file.sets().next().unwrap()).unwrap();

    assert!(parsed.findings.is_empty() && parsed.rest.is_empty());
    assert_eq!(parsed.value, ack);
    assert_eq!(parsed.value.sets[0].segments[0].claim(), Some("TRL-2002"));
    assert_eq!(x12::ack_999::segment_error_words("8"), Some("an element of it is wrong"));
    assert_eq!(x12::ack_999::element_error_words("7"), Some("not a code of the list"));
}

#[test]
fn accepted_with_errors_is_no_rejection() {
    let table = [("A", false), ("E", false), ("P", false), ("R", true), ("M", true), ("Q", false)];
    for (code, rejects) in table {
        assert_eq!(Verdict::of(code).rejects(), rejects, "{code}");
    }
    let ack = rejected_set();
    let rejects: Vec<bool> = ack.sets.iter().map(|it| it.verdict.rejects()).collect();
    assert_eq!(rejects, [true, false]);
}

#[test]
fn a_997_of_an_older_partner_is_read_too() {
    let bytes = framed(
        "FA",
        "004010",
        &[
            "ST*997*0001",
            "AK1*HC*41",
            "AK2*837*0001",
            "AK3*CLM*22**8",
            "AK4*2*782*1",
            "AK5*R*5",
            "AK9*R*1*1*0",
        ],
    );
    let file = x12::read(&bytes).unwrap();
    let ack = x12::ack_999::read(file.sets().next().unwrap()).unwrap().value;

    assert_eq!(ack.group_control, "41");
    assert!(ack.verdict.rejects() && ack.sets[0].verdict.rejects());
    assert_eq!(ack.sets[0].segments[0].elements[0].element, 2);
}

/// A file around the segments of one set.
fn framed(functional_id: &str, guide: &str, segments: &[&str]) -> Vec<u8> {
    let isa = String::from_utf8(sample("C003")[..106].to_vec()).unwrap();
    let count = segments.len() + 1;
    let body = segments.join("~");
    format!(
        "{isa}GS*{functional_id}*A*B*20260302*1130*1*X*{guide}~{body}~SE*{count}*0001~GE*1*1~\
         IEA*1*000260303~"
    )
    .into_bytes()
}

#[test]
fn an_interchange_of_ta1_alone_says_what_became_of_ours() {
    let isa = String::from_utf8(sample("C003")[..106].to_vec()).unwrap();
    let bytes = format!("{isa}TA1*000000002*260302*1130*R*025~IEA*0*000260303~").into_bytes();
    let file = x12::read(&bytes).unwrap();

    let ta1 = Ta1::read(&file.interchanges[0].acknowledgments[0]);

    assert!(file.findings.is_empty());
    assert_eq!((ta1.control.as_str(), ta1.date), ("000000002", Some(date(2026, 3, 2))));
    assert_eq!(ta1.verdict, InterchangeVerdict::Rejected);
    assert_eq!(ta1.words(), Some("an interchange of this number was received before"));
}

fn status(codes: &[(&str, &str, Option<&str>)], action: &str) -> Status {
    let code = |it: &(&str, &str, Option<&str>)| StatusCode {
        category: it.0.to_owned(),
        status: it.1.to_owned(),
        entity: it.2.map(str::to_owned),
    };
    Status {
        codes: codes.iter().map(code).collect(),
        effective_on: Some(date(2026, 3, 2)),
        action: text(action),
        amount: Some(Cents(17_500)),
        text: None,
    }
}

fn organization(name: &str, qualifier: &str, id: &str) -> Party {
    Party {
        entity: Entity::Organization,
        name: Name::organization(name),
        id: Some(Id::new(qualifier, id)),
    }
}

fn claim(number: &str, status: Status) -> ClaimAnswer {
    ClaimAnswer {
        client: Party {
            entity: Entity::Person,
            name: Name::person("CLARA", "WINTERS"),
            id: Some(Id::new("MI", "EVG000111222")),
        },
        number: number.to_owned(),
        statuses: vec![status],
        references: vec![Id::new("1K", "EV26022600101")],
        service: Some(Days::one(cast::FEBRUARY_24)),
        lines: Vec::new(),
        span: Span::default(),
    }
}

fn answer() -> Acknowledgment277 {
    let mut mixed = claim("TRL-2002", status(&[("A7", "562", Some("82"))], "U"));
    mixed.lines.push(LineAnswer {
        procedure: Procedure::new("90837", &[]),
        charge: Cents(18_500),
        revenue: None,
        units: None,
        statuses: vec![status(&[("A7", "21", None), ("A7", "454", None)], "U")],
        number: text("TRL-2002-1"),
        service: None,
    });
    Acknowledgment277 {
        reference: "CA7".to_owned(),
        created: Some(date(2026, 3, 2).at(13, 0, 0, 0)),
        sources: vec![Source {
            role: "PR".to_owned(),
            party: organization("EVERGREEN HEALTH", "PI", "EVG01"),
            trace: "EVGT1".to_owned(),
            received_on: Some(date(2026, 3, 2)),
            processed_on: Some(date(2026, 3, 2)),
            receivers: vec![Receiver {
                party: organization("TRELLIS OPERATOR", "46", "TRL001"),
                batch: "TB41".to_owned(),
                statuses: vec![status(&[("A1", "19", None)], "WQ")],
                counts: vec![Informs { qualifier: "90".to_owned(), value: Milli::ONE }],
                amounts: vec![Informs { qualifier: "YU".to_owned(), value: Cents(17_500) }],
                providers: vec![ProviderAnswer {
                    party: organization("ELM STREET PRACTICE PC", "XX", "1234567802"),
                    trace: text("0"),
                    statuses: vec![status(&[("A1", "19", None)], "WQ")],
                    references: Vec::new(),
                    counts: Vec::new(),
                    amounts: Vec::new(),
                    claims: vec![claim("TRL-2001", status(&[("A2", "20", None)], "WQ")), mixed],
                }],
            }],
        }],
    }
}

fn read_277(bytes: &[u8]) -> x12::Parsed<Acknowledgment277> {
    let file = x12::read(bytes).unwrap();
    x12::ack_277ca::read(file.sets().next().unwrap()).unwrap()
}

#[test]
fn a_277ca_is_read_as_it_was_written() {
    let ack = answer();

    let parsed =
        read_277(&x12::write(&cast::envelope(), &[Outgoing::Acknowledgment277(&ack)]).unwrap());

    assert!(parsed.findings.is_empty() && parsed.rest.is_empty());
    assert_eq!(parsed.value, ack);
    let outcomes: Vec<Outcome> = ack.answers().iter().map(|(_, it)| *it).collect();
    assert_eq!(outcomes, [Outcome::AtPayer, Outcome::Rejected]);
    let first = &ack.sources[0].receivers[0].providers[0].claims[0];
    assert_eq!(first.payer_number(), Some("EV26022600101"));
}

#[test]
fn category_and_action_decide_together() {
    let table = [
        (vec!["A0"], "WQ", Outcome::Received),
        (vec!["A1"], "WQ", Outcome::Received),
        (vec!["A2"], "WQ", Outcome::AtPayer),
        (vec!["A2"], "", Outcome::AtPayer),
        (vec!["A5"], "WQ", Outcome::AtPayer),
        (vec!["A3"], "U", Outcome::Rejected),
        (vec!["A1", "A7"], "U", Outcome::Rejected),
        (vec!["A8"], "", Outcome::Rejected),
        (vec!["A7"], "WQ", Outcome::Unclear),
        (vec!["A2"], "U", Outcome::Unclear),
        (vec!["A4"], "U", Outcome::Unclear),
        (vec!["P1"], "WQ", Outcome::Unclear),
        (vec![], "WQ", Outcome::Unclear),
    ];
    for (categories, action, outcome) in table {
        let codes: Vec<_> = categories.iter().map(|it| (*it, "20", None)).collect();
        let mut status = status(&codes, action);
        status.action = status.action.filter(|it| !it.is_empty());
        assert_eq!(status.outcome(), outcome, "{categories:?} {action}");
    }
}

#[test]
fn a_batch_rejected_without_claims_rejects_all_of_them() {
    let mut ack = answer();
    ack.sources[0].receivers[0].statuses = vec![status(&[("A3", "24", Some("41"))], "U")];
    ack.sources[0].receivers[0].providers.clear();

    let parsed =
        read_277(&x12::write(&cast::envelope(), &[Outgoing::Acknowledgment277(&ack)]).unwrap());

    assert_eq!(parsed.value.answers(), [(About::Batch("TB41"), Outcome::Rejected)]);
    assert_eq!(x12::ack_277ca::status_words("24"), Some("not approved to submit"));
}

#[test]
fn a_level_without_the_one_above_is_found() {
    let bytes = framed(
        "HN",
        "005010X214",
        &["ST*277*0001*005010X214", "BHT*0085*08*1*20260302*1300*TH", "HL*1**PT", "TRN*2*TRL-1"],
    );

    let parsed = read_277(&bytes);

    assert!(parsed.findings.iter().any(|it| it.kind == x12::Kind::HlParent));
    assert!(parsed.value.answers().is_empty());
}
