//! The people and payers of these tests, all invented; shared with the example that writes a file.

use jiff::civil::{Date, date};
use x12::claim_837p::{
    Accident, Assignment, Benefits, BillingProvider, Claim, ClaimBatch, ClaimReferences, Clinician,
    Dependent, Facility, Line, LineDecision, OtherPayer, Payer, Policy, PracticeClaims, Receiver,
    Relation, Release, Submitter, Subscriber, Turn,
};
use x12::codes::{Frequency, Group};
use x12::{
    Address, Adjustment, Cents, Contact, Days, Demographics, Envelope, Id, Milli, Name, Procedure,
    Span, Usage,
};

pub const FEBRUARY_24: Date = date(2026, 2, 24);

pub fn envelope() -> Envelope {
    Envelope {
        sender: Id::new("ZZ", "TRELLIS"),
        receiver: Id::new("ZZ", "CLEARHOUSE"),
        group_sender: "TRELLIS".to_owned(),
        group_receiver: "CLEARHOUSE".to_owned(),
        control: 41,
        group_control: 41,
        at: date(2026, 3, 2).at(11, 30, 0, 0),
        usage: Usage::Test,
        wants_acknowledgment: false,
        line_ends: true,
    }
}

pub fn address() -> Address {
    Address {
        line: "77 HEMLOCK ST".to_owned(),
        second_line: None,
        city: "SALEM".to_owned(),
        state: "OR".to_owned(),
        zip: "97301".to_owned(),
    }
}

pub fn practice() -> BillingProvider {
    BillingProvider {
        name: Name::organization("ELM STREET PRACTICE PC"),
        is_person: false,
        npi: "1234567802".to_owned(),
        taxonomy: Some("261QM0801X".to_owned()),
        address: Address {
            line: "400 MILL ST".to_owned(),
            second_line: Some("STE 2".to_owned()),
            city: "BEND".to_owned(),
            state: "OR".to_owned(),
            zip: "977011234".to_owned(),
        },
        tax_id: Id::new("EI", "910000011"),
        contact: None,
        pay_to: Some(Address { line: "PO BOX 7".to_owned(), ..address() }),
    }
}

pub fn june() -> Clinician {
    Clinician {
        name: Name::person("JUNE", "HOLLOWAY"),
        npi: "1112223338".to_owned(),
        taxonomy: Some("1041C0700X".to_owned()),
    }
}

pub fn policy(turn: Turn, filing: &str) -> Policy {
    Policy {
        turn,
        group_number: None,
        group_name: None,
        medicare_second: None,
        filing: Some(filing.to_owned()),
    }
}

pub fn clara() -> Subscriber {
    Subscriber {
        name: Name::person("CLARA", "WINTERS"),
        member_id: Some(Id::new("MI", "EVG000111222")),
        address: Some(address()),
        demographics: Some(Demographics { born_on: Some(date(1988, 4, 12)), sex: "F".to_owned() }),
    }
}

pub fn evergreen() -> Payer {
    Payer { name: "EVERGREEN HEALTH".to_owned(), id: Id::new("PI", "EVG01"), address: None }
}

pub fn line(number: &str, code: &str, modifiers: &[&str], charge: i64) -> Line {
    Line {
        procedure: Procedure::new(code, modifiers),
        charge: Cents(charge),
        units: Milli::ONE,
        place_of_service: None,
        pointers: vec![1],
        is_emergency: false,
        service: Some(Days::one(FEBRUARY_24)),
        prior_approval: None,
        number: Some(number.to_owned()),
        rendering: None,
        supervising: None,
        decisions: Vec::new(),
        span: Span::default(),
    }
}

/// A visit by video: the client is the subscriber.
pub fn video_claim() -> Claim {
    Claim {
        policy: policy(Turn::Primary, "CI"),
        subscriber: clara(),
        dependent: None,
        payer: evergreen(),
        number: "TRL-2001".to_owned(),
        charge: Cents(17_500),
        place_of_service: "10".to_owned(),
        frequency: Frequency::Original,
        is_signed_by_provider: true,
        assignment: Assignment::Assigned,
        benefits: Benefits::ToPractice,
        release: Release::Signed,
        is_signed_for_client: false,
        accident: None,
        delay_reason: None,
        onset_on: None,
        admitted_on: None,
        discharged_on: None,
        client_paid: None,
        references: ClaimReferences {
            trace: Some("TRL000000002001".to_owned()),
            ..ClaimReferences::default()
        },
        note: None,
        diagnoses: vec!["F411".to_owned()],
        referring: None,
        rendering: Some(june()),
        facility: None,
        supervising: None,
        other_payers: Vec::new(),
        lines: vec![line("TRL-2001-1", "90834", &["95"], 17_500)],
        span: Span::default(),
    }
}

/// A child on a parent's policy, two lines, prior approval.
pub fn child_claim() -> Claim {
    let mut second = line("TRL-2002-2", "90785", &[], 3_500);
    second.pointers = vec![1, 2];
    Claim {
        subscriber: Subscriber {
            name: Name::person("TOM", "ASHBY"),
            member_id: Some(Id::new("MI", "EVG000333444")),
            address: None,
            demographics: None,
        },
        dependent: Some(Dependent {
            relation: Relation::Child,
            name: Name::person("LENA", "ASHBY"),
            address: address(),
            demographics: Demographics { born_on: Some(date(2015, 6, 11)), sex: "F".to_owned() },
        }),
        number: "TRL-2002".to_owned(),
        charge: Cents(22_000),
        place_of_service: "11".to_owned(),
        references: ClaimReferences {
            prior_approval: Some("PA7781".to_owned()),
            ..ClaimReferences::default()
        },
        diagnoses: vec!["F913".to_owned(), "F902".to_owned()],
        lines: vec![line("TRL-2002-1", "90837", &[], 18_500), second],
        ..video_claim()
    }
}

/// A claim that its first payer has decided, now sent to the second.
pub fn secondary_claim() -> Claim {
    let decision = LineDecision {
        payer_id: "EVG01".to_owned(),
        paid: Cents(8_320),
        procedure: Procedure::new("90834", &[]),
        units: Milli::ONE,
        bundled_into: None,
        adjustments: vec![
            Adjustment::new(Group::Contract, "45", Cents(6_532)),
            Adjustment::new(Group::Contract, "253", Cents(148)),
            Adjustment::new(Group::Client, "3", Cents(2_500)),
        ],
        decided_on: Some(date(2026, 3, 1)),
        remaining: None,
    };
    let other = OtherPayer {
        policy: policy(Turn::Primary, "CI"),
        relation: Relation::Oneself,
        adjustments: Vec::new(),
        paid: Some(Cents(8_320)),
        not_covered: None,
        remaining: None,
        benefits: Benefits::ToPractice,
        release: Release::Signed,
        remarks: Vec::new(),
        subscriber: Subscriber { address: None, demographics: None, ..clara() },
        payer: evergreen(),
        decided_on: None,
        payer_claim: Some("EV26022200033".to_owned()),
    };
    let mut only = line("TRL-2003-1", "90834", &[], 17_500);
    only.decisions.push(decision);
    Claim {
        policy: policy(Turn::Secondary, "MC"),
        payer: Payer {
            name: "OREGON DEMO MEDICAID".to_owned(),
            id: Id::new("PI", "ORDMD"),
            address: None,
        },
        number: "TRL-2003".to_owned(),
        place_of_service: "11".to_owned(),
        other_payers: vec![other],
        lines: vec![only],
        ..video_claim()
    }
}

/// A hospital visit after an accident, with everything that may stand on a claim.
pub fn full_claim() -> Claim {
    let daniel = Clinician {
        name: Name { middle: Some("J".to_owned()), ..Name::person("DANIEL", "OSEI") },
        npi: "1222333449".to_owned(),
        taxonomy: None,
    };
    let first = Line {
        place_of_service: Some("11".to_owned()),
        pointers: vec![2, 1, 3, 4],
        is_emergency: true,
        service: Some(Days { first: FEBRUARY_24, last: date(2026, 2, 26) }),
        units: Milli(2_500),
        prior_approval: Some("PA9".to_owned()),
        rendering: Some(Clinician { taxonomy: Some("106H00000X".to_owned()), ..daniel.clone() }),
        supervising: Some(Clinician { taxonomy: None, ..june() }),
        ..line("TRL-2004-1", "96130", &["HO", "59", "GT", "U1"], 30_000)
    };
    let mut other = secondary_claim().other_payers.remove(0);
    other.adjustments = vec![
        Adjustment { quantity: Some(Milli::ONE), ..Adjustment::new(Group::Other, "94", Cents(-9)) },
        Adjustment::new(Group::Client, "1", Cents(30_009)),
    ];
    other.paid = Some(Cents(0));
    other.remaining = Some(Cents(30_009));
    other.remarks = vec!["MA01".to_owned(), "N210".to_owned()];
    other.decided_on = Some(date(2026, 3, 1));
    Claim {
        policy: Policy {
            group_name: Some("MILL WORKERS".to_owned()),
            ..policy(Turn::Tertiary, "HM")
        },
        payer: Payer {
            name: "HARBOR HEALTH PLAN".to_owned(),
            id: Id::new("PI", "77031"),
            address: Some(address()),
        },
        number: "TRL-2004".to_owned(),
        charge: Cents(30_000),
        place_of_service: "21".to_owned(),
        is_signed_for_client: true,
        accident: Some(Accident {
            cause: "AA".to_owned(),
            state: Some("OR".to_owned()),
            on: Some(date(2026, 2, 20)),
        }),
        delay_reason: Some("7".to_owned()),
        onset_on: Some(date(2026, 2, 20)),
        admitted_on: Some(date(2026, 2, 21)),
        discharged_on: Some(date(2026, 2, 27)),
        client_paid: Some(Cents(1_050)),
        references: ClaimReferences {
            referral: Some("RF1".to_owned()),
            prior_approval: Some("PA8".to_owned()),
            payer_claim: Some("HHP777".to_owned()),
            trace: Some("TRL000000002004".to_owned()),
            chart: Some("C-77".to_owned()),
        },
        frequency: Frequency::Replacement,
        note: Some("DATES CORRECTED".to_owned()),
        diagnoses: ["F4310", "F411", "F329", "Z630"].map(str::to_owned).to_vec(),
        referring: Some(daniel),
        facility: Some(Facility {
            name: "BEND GENERAL".to_owned(),
            npi: Some("1778899009".to_owned()),
            address: practice().address,
        }),
        supervising: Some(Clinician { taxonomy: None, ..june() }),
        rendering: Some(Clinician { npi: "1333444556".to_owned(), ..june() }),
        other_payers: vec![other],
        lines: vec![first],
        ..video_claim()
    }
}

pub fn batch(claims: Vec<Claim>) -> ClaimBatch {
    ClaimBatch {
        reference: "TB41".to_owned(),
        is_reissue: false,
        created: Some(date(2026, 3, 2).at(11, 30, 0, 0)),
        is_encounter: false,
        submitter: Submitter {
            name: Name::organization("TRELLIS OPERATOR"),
            is_person: false,
            id: "TRL001".to_owned(),
            contacts: vec![Contact {
                function: "IC".to_owned(),
                name: Some("EDI DESK".to_owned()),
                ways: vec![Id::new("TE", "5035550100"), Id::new("EM", "EDI@TRELLIS.EXAMPLE")],
            }],
        },
        receiver: Receiver { name: "SAMPLE CLEARINGHOUSE".to_owned(), id: "CH0001".to_owned() },
        practices: vec![PracticeClaims { billing: practice(), claims }],
    }
}
