//! Whether a clinician may serve where the person is, by what is known of their licenses.
//!
//! The rules are those of crate `licensing`; here rows become its facts. A board's kind of license
//! is read for its profession and whether it stands alone, and no more: only compacts look at the
//! profession, and no compact is known to the house yet.

use jiff::civil::{Date, date};
use licensing::{
    Answer, Facts, Level, License, Mode, Profession, Rule, State, Status, Supervision, Verdict,
};
use people::License as Held;

/// When a license began is not kept: it is taken to have been there.
const LONG_AGO: Date = date(1900, 1, 1);

/// One clinician's supervision by somebody, with the licenses of the one who supervises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervised {
    /// The supervisor's licenses.
    pub by: Vec<Held>,
}

/// On what a clinician's right rests, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Right {
    /// They may serve: the sentence says by which license and until when.
    Serves(String),
    /// They may not: what would have to change.
    Lacks(String),
}

/// Whether a clinician may serve an `age`-year-old in `state` on each of `days`: on the worst of
/// them the answer stands.
pub fn right(
    held: &[Held],
    supervised: &[Supervised],
    state: State,
    age: u8,
    days: [Date; 2],
) -> Right {
    let facts = facts(held, supervised, state, age);
    let [today, later] = days.map(|day| facts.may_serve(day));
    let worst = if today.verdict < later.verdict { later } else { today };
    match worst.verdict {
        Verdict::Allow | Verdict::Warn => Right::Serves(serves(held, state.code())),
        Verdict::Deny => Right::Lacks(lacks(&worst, held, state.code())),
    }
}

fn facts(held: &[Held], supervised: &[Supervised], place: State, age: u8) -> Facts {
    let licenses = held.iter().filter_map(|it| {
        Some(License {
            state: State::of(&it.state)?,
            profession: profession(&it.kind),
            level: level(&it.kind),
            issued: LONG_AGO,
            expires: it.expires_on,
            status: Status::Active,
            must_disclose: false,
            grace_to: None,
        })
    });
    // Supervision counts where the supervisor's own license does, and as long.
    let supervision = supervised.iter().flat_map(|it| &it.by).filter_map(|by| {
        let stands_alone = level(&by.kind) == Level::Independent;
        let state = State::of(&by.state).filter(|_| stands_alone)?;
        Some(Supervision { state, from: LONG_AGO, to: Some(by.expires_on) })
    });
    Facts {
        client_state: Some(place),
        clinician_state: Some(place),
        mode: Mode::Video,
        client_age: age,
        min_age: None,
        licenses: licenses.collect(),
        authorities: Vec::new(),
        supervision: supervision.collect(),
        compacts: Vec::new(),
    }
}

fn profession(kind: &str) -> Profession {
    let kind = kind.to_uppercase();
    match kind {
        it if it.contains("SW") => Profession::SocialWorker,
        it if it.contains("MFT") => Profession::Mft,
        it if it.contains("PSY") => Profession::Psychologist,
        it if it.contains("PMHNP") => Profession::Pmhnp,
        _ => Profession::Counselor,
    }
}

/// An associate's license, an intern's and a trainee's permit do not stand alone.
fn level(kind: &str) -> Level {
    let kind = kind.to_lowercase();
    let is_under = ["associate", "intern", "trainee", "candidate", "lmsw"]
        .iter()
        .any(|word| kind.contains(word));
    if is_under { Level::Associate } else { Level::Independent }
}

fn serves(held: &[Held], state: &str) -> String {
    let here = held.iter().filter(|it| it.state == state).max_by_key(|it| it.expires_on);
    match here {
        Some(it) => {
            let until = it.expires_on.strftime("%B %-d, %Y");
            format!("{} license of {state}, good until {until}.", it.kind)
        }
        None => format!("May serve in {state}."),
    }
}

fn lacks(answer: &Answer, held: &[Held], state: &str) -> String {
    let has = |rule: Rule| answer.rules.contains(&rule);
    let last = held.iter().filter(|it| it.state == state).map(|it| it.expires_on).max();
    match last {
        Some(last) if has(Rule::LicenseExpired) => {
            let last = last.strftime("%B %-d, %Y");
            format!("The license of {state} is good until {last}: too short for a first visit.")
        }
        _ if has(Rule::AssociateWithoutSupervisor) => {
            format!("Works under supervision, and no supervisor licensed in {state} is listed.")
        }
        _ => format!("Holds no license of {state}."),
    }
}

#[cfg(test)]
mod tests {
    use ids::{ClinicianId, Uuid};

    use super::*;

    fn held(state: &str, kind: &str, expires_on: Date) -> Held {
        Held {
            clinician: ClinicianId(Uuid::nil()),
            state: state.into(),
            kind: kind.into(),
            number: "1".into(),
            expires_on,
            verified_on: None,
        }
    }

    fn texas() -> State {
        State::of("TX").unwrap()
    }

    #[test]
    fn a_license_serves_where_the_person_is_for_as_long_as_a_first_visit_needs() {
        let days = [date(2026, 2, 9), date(2026, 2, 23)];
        let good = date(2027, 5, 31);
        let lpc = |state: &str, until| vec![held(state, "LPC", until)];
        let associate = || vec![held("TX", "LPC Associate", good)];
        let by = |kind: &str, state: &str| vec![Supervised { by: vec![held(state, kind, good)] }];
        for (name, held, supervised, serves) in [
            ("a license of the state", lpc("TX", good), vec![], true),
            ("a license of another", lpc("NM", good), vec![], false),
            ("one that ends on the day", lpc("TX", days[1]), vec![], true),
            ("one that ends before it", lpc("TX", date(2026, 2, 22)), vec![], false),
            ("one that is over", lpc("TX", date(2026, 2, 8)), vec![], false),
            ("an associate alone", associate(), vec![], false),
            ("an associate under an LPC", associate(), by("LPC-S", "TX"), true),
            ("an associate under an associate", associate(), by("LPC Associate", "TX"), false),
            ("supervision of another state", associate(), by("LPC-S", "NM"), false),
            ("nothing", vec![], vec![], false),
        ] {
            let right = right(&held, &supervised, texas(), 34, days);
            assert_eq!(matches!(right, Right::Serves(_)), serves, "{name}: {right:?}");
        }
    }

    #[test]
    fn a_miss_says_what_would_have_to_change() {
        let days = [date(2026, 2, 9), date(2026, 2, 23)];
        let ends = vec![held("TX", "LPC", date(2026, 2, 15))];
        let associate = vec![held("TX", "LPC Associate", date(2027, 5, 31))];
        for (held, says) in [
            (vec![], "Holds no license of TX."),
            (ends, "good until February 15, 2026"),
            (associate, "no supervisor licensed in TX"),
        ] {
            let Right::Lacks(sentence) = right(&held, &[], texas(), 34, days) else {
                panic!("{says}");
            };
            assert!(sentence.contains(says), "{sentence}");
        }
    }
}
