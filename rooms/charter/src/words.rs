//! What the charter's pages say besides the charter's own sentences. Those who work here read
//! English.

use ground::policy::{Act, Kind, Role, Side};

pub const TITLE: &str = "Your charter";
pub const PUBLIC_TITLE: &str = "The charter";
pub const PUBLIC_LEAD: &str = "Whatever an agreement says, these hold for every practice. Each is \
     a rule that the program itself asks, and not a policy in a drawer.";
pub const PROMISES: &str = "Promises";
pub const SHOW_RULE: &str = "Show the rule";
pub const SEE_REFUSALS: &str = "See what was tried here, and by whom";
pub const TODAY: &str = "What the operator can see and do here today";
pub const NO_AGREEMENT: &str = "No agreement is in force, so the operator's people see nothing \
     here.";
pub const AT_NEXT_PAGE: &str = "Take a service out and its lines are gone at their next page.";
pub const SEE_TERMS: &str = "Read the agreement";
pub const NOTHING: &str = "nothing";
pub const WHOEVER: &str = "Whoever of them it is";
pub const NOT_SHARED: &str = "Not in your agreement";
pub const NO_ACCESS: &str = "no access at all";
pub const WHO_TRIED: &str = "Who tried what";
pub const ANSWER: &str = "Answer";
pub const ALLOWED: &str = "allowed, as it must be";
pub const REFUSED: &str = "refused";
pub const OTHERWISE: &str = "otherwise than promised";
pub const TRIED_TABLE: &str = "Attempts, tried when the program started";

/// How many promises there are.
pub fn lead(promises: usize) -> String {
    format!(
        "What the operator can never do here, whatever an agreement says. {promises} promises, \
         tried each time the program starts."
    )
}

/// A role of the operator, as a heading.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Intake => "Intake coordinators",
        Role::Scheduling => "Schedulers",
        Role::Billing => "Billers",
        Role::Credentialing => "Credentialing specialists",
        Role::Support => "Support",
        Role::Owner => "The operator's owner",
        Role::Clinician => "Clinicians",
    }
}

/// What belongs together where the charter lets nobody of the operator do it, in the order in
/// which it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// What care is, and what is written about it.
    Care,
    /// A clinician's time, and whom they take.
    Time,
    /// Money, terms and people.
    Practice,
}

/// What an act is, when the charter lets nobody of the operator do it; nothing where saying it
/// would help nobody.
pub fn none_may(act: &Act, kind: Kind) -> Option<(About, &'static str)> {
    Some(match (act, kind) {
        (Act::OpenChart, _) => (About::Care, "reads clinical text"),
        (Act::Diagnose, _) => (About::Care, "says a diagnosis"),
        (Act::WriteNote, _) => (About::Care, "writes a note"),
        (Act::SignNote, _) => (About::Care, "signs one"),
        (Act::Discharge, _) => (About::Care, "ends care"),
        (Act::AnswerOffer, _) => (About::Time, "answers an offer in a clinician's place"),
        (Act::SetHours, _) => (About::Time, "opens hours"),
        (Act::ProtectTime, _) => (About::Time, "touches protected time"),
        (Act::PauseIntake, _) => (About::Time, "raises capacity or ends a pause"),
        (Act::TimeSession, _) => (About::Time, "says when a session was"),
        (Act::SetFees, _) => (About::Practice, "sets a fee"),
        (Act::SeeWorth, _) => (About::Practice, "sees what an hour was worth"),
        (Act::SeeTerms, Kind::Engagement) => (About::Practice, "sees what a clinician keeps"),
        (Act::SignAgreement { side: Side::Practice }, _) => {
            (About::Practice, "signs for the practice")
        }
        (Act::InvitePerson { .. }, _) => (About::Practice, "brings somebody into the practice"),
        (Act::GrantAccess { .. }, _) => (About::Practice, "opens a clinician's work to anybody"),
        _ => return None,
    })
}

/// "nobody reads clinical text, says a diagnosis, or ends care"
pub fn nobody(phrases: &[&str]) -> String {
    match phrases {
        [one] => format!("nobody {one}"),
        [most @ .., last] => format!("nobody {}, or {last}", most.join(", ")),
        [] => String::new(),
    }
}

/// "Tried 7 ways at start, all refused."
pub fn tried(refused: usize, allowed: usize) -> String {
    let ways = if refused == 1 { "way" } else { "ways" };
    let all = if refused == 1 { "refused" } else { "all refused" };
    let besides = match allowed {
        0 => String::new(),
        1 => " 1 way that it must leave open was open.".to_owned(),
        many => format!(" {many} ways that it must leave open were open."),
    };
    format!("Tried {refused} {ways} at start, {all}.{besides}")
}

/// Where an attempt went otherwise.
pub fn broken(broken: usize, tried: usize) -> String {
    format!("{broken} of {tried} attempts at start went otherwise than promised.")
}

/// How a promise is kept that no policy keeps.
pub fn proven(by_absence: bool) -> &'static str {
    match by_absence {
        true => "There is no such act, field or query: a test looks for one.",
        false => "The database itself refuses, whoever asks: a test tries.",
    }
}

/// What the operator's people tried in earnest.
pub fn in_earnest(count: i64) -> String {
    match count {
        0 => "never tried by the operator's people in 90 days".to_owned(),
        1 => "1 attempt by the operator's people in 90 days, refused".to_owned(),
        many => format!("{many} attempts by the operator's people in 90 days, all refused"),
    }
}

/// Where what is shown comes from.
pub fn from_version(version: i32) -> String {
    format!("From agreement version {version}.")
}
