//! Who may do what, as ticks: `charter/matrix.txt`. The review of a change to the charter reads it.

mod journey;

use std::fmt::Write;

use cedar_policy::{Entities, Request};
use expect_test::expect_file;

use crate::cast::{Given, cast};
use crate::decide::gather;
use crate::reading::FILES;
use crate::{
    Act, Charter, Decision, Fact, Facts, Kind, Practice, Role, Service, Side, Thing, Uid, Who, Why,
};

/// Who asks, in the order of the columns: the practice, nobody, the operator, both at once.
const COLUMNS: [&str; 15] = [
    "ada", "olga", "ben", "cy", "una", "sam", "kim", "ina", "sue", "bo", "cris", "sol", "oz",
    "dee", "eli",
];

const LEGEND: &str = "\
Who may do what. Made by `UPDATE_EXPECT=1 cargo test -p policy matrix`, from attempts/cast.toml.
+ allowed   . nothing allows it   x a promise forbids it

Elm shares all but consultation, Oak intake, Ash leads, Fir nothing; Trellis is the operator.
ada owns Elm and treats there    olga owns Elm     ben, cy treat at Elm   una owns Oak   sam nothing
kim is a client who signed in
ina intake   sue scheduling   bo billing   cris credentialing   sol support   oz owns the operator
dee support, and owns Fir        eli scheduling, and treats at Fir
";

#[test]
fn the_matrix_is_current() {
    let charter = Charter::load().unwrap();
    expect_file!["../../../../charter/matrix.txt"].assert_eq(&drawn(&charter));
}

#[test]
fn every_act_and_everybody_is_in_the_matrix() {
    for act in Act::NAMES {
        assert!(rows().iter().any(|row| row.act.name() == *act), "no row shows {act}");
    }
    for word in FILES.iter().find(|(file, _)| file.ends_with("cast.toml")).unwrap().1.lines() {
        let Some((name, _)) = word.split_once(" = { says") else { continue };
        assert!(COLUMNS.contains(&name), "no column shows {name}");
    }
}

struct Row {
    act: Act,
    what: String,
    thing: Given,
}

/// Every cell as the question that is asked for it, with its act.
pub(super) fn questions(charter: &Charter) -> Vec<(&'static str, Request, Entities)> {
    let cast = cast(FILES).unwrap();
    let practices = cast.practices();
    let others: Vec<&dyn Thing> = practices.iter().map(|it| it as &dyn Thing).collect();
    let mut questions = Vec::new();
    for row in rows() {
        for name in COLUMNS {
            let who = cast.who(name).unwrap();
            let loaded = gather(&who, &row.thing, &others).unwrap();
            let question = charter.question(&who.uid(), &row.act, &row.thing.uid(), &loaded);
            let (request, entities) = question.unwrap();
            questions.push((row.act.name(), request, entities));
        }
    }
    questions
}

/// The whole matrix, as text.
fn drawn(charter: &Charter) -> String {
    let cast = cast(FILES).unwrap();
    let practices = cast.practices();
    let others: Vec<&dyn Thing> = practices.iter().map(|it| it as &dyn Thing).collect();
    let people: Vec<Who> = COLUMNS.iter().map(|name| cast.who(name).unwrap()).collect();

    let mut text = LEGEND.to_owned();
    let mut last = "";
    for row in rows() {
        if row.act.name() != last {
            last = row.act.name();
            let _ = write!(text, "\n{last:<44}");
            for name in COLUMNS {
                let _ = write!(text, " {name:<4}");
            }
            text.truncate(text.trim_end().len());
            text.push('\n');
        }
        let _ = write!(text, "  {:<42}", row.what);
        for who in &people {
            let tick = match charter.decide(who, &row.act, &row.thing, &others) {
                Decision::Permit { .. } => '+',
                Decision::Refuse(refused) => match refused.why {
                    Why::ForbiddenBy => 'x',
                    Why::NoPermit => '.',
                    Why::Erred(_) => '!',
                },
            };
            let _ = write!(text, " {tick:<4}");
        }
        text.truncate(text.trim_end().len());
        text.push('\n');
    }
    text
}

fn rows() -> Vec<Row> {
    let row = |act: Act, what: &str, thing: Given| Row { act, what: what.to_owned(), thing };
    let mut rows = Vec::new();
    for practice in ["elm", "oak", "fir", "trellis"] {
        rows.push(row(Act::ReadCharter, practice, at(practice)));
    }
    rows.extend([
        row(Act::ReadAudit, "all of Elm's", trail("elm", None)),
        row(Act::ReadAudit, "about Ben's work at Elm", trail("elm", Some("ben"))),
        row(Act::ReadAudit, "about Ben's work, at Oak", trail("oak", Some("ben"))),
        row(Act::ReadAudit, "all of the operator's", trail("trellis", None)),
    ]);
    rows.extend(grants());
    rows.extend(people());
    rows.extend(terms());
    for practice in ["elm", "oak", "fir"] {
        for service in Service::ALL {
            let what = format!("{} for {practice}", service.word());
            rows.push(row(Act::UseService { service: *service }, &what, at(practice)));
        }
    }
    for practice in ["elm", "fir", "trellis"] {
        rows.push(row(Act::SeeDeadLetters, practice, at(practice)));
    }
    for practice in ["elm", "fir", "trellis"] {
        rows.push(row(Act::SettleDeadLetter, practice, made(Kind::DeadLetter, practice)));
    }
    rows.extend(journey::rows());
    rows
}

fn grants() -> Vec<Row> {
    let mut rows = Vec::new();
    for (what, clinician, to, practice) in [
        ("Ben's work at Elm to Bo", "ben", "bo", "elm"),
        ("Ada's work at Elm to Olga", "ada", "olga", "elm"),
        ("Eli's work at Fir to Sue", "eli", "sue", "fir"),
        ("Sue's work at Elm to Sue", "sue", "sue", "elm"),
    ] {
        let thing = || {
            let mut grant = made(Kind::Grant, practice);
            grant.facts = grant.facts.with("clinician", person(clinician)).with("to", person(to));
            grant
        };
        for length_min in [60, 61] {
            let what = format!("{what}, {length_min} min");
            rows.push(Row { act: Act::GrantAccess { length_min }, what, thing: thing() });
        }
        rows.push(Row { act: Act::EndGrant, what: what.to_owned(), thing: thing() });
    }
    rows.sort_by_key(|row| row.act.name());
    rows
}

fn people() -> Vec<Row> {
    let mut rows = Vec::new();
    for practice in ["elm", "oak", "ash", "fir", "trellis"] {
        rows.push(Row { act: Act::SeePeople, what: practice.to_owned(), thing: at(practice) });
    }
    for practice in ["elm", "trellis"] {
        for role in Role::ALL {
            let what = format!("to {practice}, as {}", role.word());
            let act = Act::InvitePerson { role: *role };
            rows.push(Row { act, what, thing: at(practice) });
        }
    }
    for practice in ["elm", "trellis"] {
        for role in Role::ALL {
            let what = format!("of Ben at {practice}, to {}", role.word());
            let mut thing = made(Kind::Membership, practice);
            thing.facts = thing.facts.with("person", person("ben"));
            rows.push(Row { act: Act::ChangeRole { role: *role }, what, thing });
        }
    }
    for practice in [None, Some("elm"), Some("fir"), Some("trellis")] {
        let what = match practice {
            Some(practice) => format!("Ben's, asked at {practice}"),
            None => "Ben's, asked for himself".to_owned(),
        };
        let facts = Facts::new().with("person", person("ben"));
        let uid = Uid::new(Kind::SignIn, "one");
        let thing = Given { uid, practice: practice.map(practice_uid), facts };
        rows.push(Row { act: Act::RevokeSignIn, what, thing });
    }
    rows
}

fn terms() -> Vec<Row> {
    let agreement = |practice: &str, signers: &[&str]| signed(Kind::Agreement, practice, signers);
    let engagement = |clinician: &str, signers: &[&str]| {
        let mut thing = signed(Kind::Engagement, "elm", signers);
        thing.facts = thing.facts.with("clinician", person(clinician));
        thing
    };
    let mut rows = Vec::new();
    let mut row = |act: Act, what: &str, thing: Given| {
        rows.push(Row { act, what: what.to_owned(), thing });
    };
    for act in [Act::SeeTerms, Act::AmendTerms] {
        row(act.clone(), "Elm's agreement, a draft", agreement("elm", &[]));
        row(act.clone(), "Elm's agreement, signed", agreement("elm", &["ada"]));
        row(act.clone(), "Fir's agreement, a draft", agreement("fir", &[]));
        row(act.clone(), "Ben's engagement at Elm, a draft", engagement("ben", &[]));
        row(act, "Ben's engagement at Elm, signed", engagement("ben", &["ben"]));
    }
    row(Act::ProposeAgreement, "for Elm", agreement("elm", &[]));
    row(Act::ProposeAgreement, "for Fir", agreement("fir", &[]));
    for side in Side::ALL {
        let what = format!("Elm's, for the {}", side.word());
        row(Act::SignAgreement { side: *side }, &what, agreement("elm", &[]));
    }
    for (signer, side) in [("ada", Side::Practice), ("ada", Side::Operator), ("oz", Side::Operator)]
    {
        let what = format!("Elm's, for the {}, after {signer}", side.word());
        row(Act::SignAgreement { side }, &what, agreement("elm", &[signer]));
    }
    row(Act::ProposeEngagement, "of Ben at Elm", engagement("ben", &[]));
    for side in Side::ALL {
        let what = format!("Ben's at Elm, for the {}", side.word());
        row(Act::SignEngagement { side: *side }, &what, engagement("ben", &[]));
    }
    for (signer, side) in [("ada", Side::Practice), ("olga", Side::Clinician)] {
        let what = format!("Ada's at Elm, for the {}, after {signer}", side.word());
        row(Act::SignEngagement { side }, &what, engagement("ada", &[signer]));
    }
    rows
}

fn signed(kind: Kind, practice: &str, signers: &[&str]) -> Given {
    let mut thing = made(kind, practice);
    let by: Fact = signers.iter().copied().map(person).collect();
    thing.facts = thing.facts.with("signed", !signers.is_empty()).with("signers", by);
    thing
}

fn at(practice: &str) -> Given {
    let practices = cast(FILES).unwrap().practices();
    practices.iter().find(|it| it.id == practice).map(Practice::given).unwrap()
}

fn made(kind: Kind, practice: &str) -> Given {
    let practice = Some(practice_uid(practice));
    Given { uid: Uid::new(kind, "one"), practice, facts: Facts::new() }
}

fn trail(practice: &str, about: Option<&str>) -> Given {
    let mut trail = made(Kind::AuditTrail, practice);
    trail.facts = trail.facts.with_some("about", about.map(person));
    trail
}

fn person(id: &str) -> Uid {
    Uid::new(Kind::Person, id)
}

fn practice_uid(id: &str) -> Uid {
    Uid::new(Kind::Practice, id)
}
