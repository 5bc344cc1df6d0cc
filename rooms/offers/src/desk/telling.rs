//! From what somebody said to what is matched, and to what a clinician reads.

use fit::{Mode, Modes, State, Wanted, Week, Window};
use leads::{Lead, Meets, Pays, Request, TimeOfWeek};

use crate::offer::model::{Snapshot, Told};
use crate::words;

/// How a request is looked at: as it came, or as if they paid themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paying {
    /// As they said.
    AsSaid,
    /// Without insurance.
    Themselves,
}

/// What a request is matched by; nothing where its state is none of the United States.
pub fn wanted(request: &Request, paying: Paying) -> Option<Wanted> {
    let Request { lead, concern, .. } = request;
    let (youngest, oldest) = lead.age.years();
    let wants = &lead.wants;
    let payer = match (&lead.pays, paying) {
        (_, Paying::Themselves) | (Pays::Themselves, _) => None,
        (Pays::Payer(code), _) => Some(code.clone()),
        (Pays::OtherPlan(plan), _) if plan.is_empty() => Some(words::SOME_PLAN.into()),
        (Pays::OtherPlan(plan), _) => Some(plan.clone()),
    };
    Some(Wanted {
        state: State::of(&lead.state)?,
        ages: youngest..=oldest,
        modes: modes(&wants.meets),
        payer,
        level: fit::Level::Routine,
        budget_cents: None,
        languages: wants.languages.iter().cloned().collect(),
        language_must: !wants.languages.is_empty(),
        concerns: concern.slugs().map(str::to_owned).collect(),
        modalities: wants.method.iter().cloned().collect(),
        style: None,
        times: times(&wants.times),
        seed: seed(lead),
    })
}

/// The same request gives the same turn among equals.
fn seed(lead: &Lead) -> u64 {
    let (high, low) = lead.id.0.as_u64_pair();
    high ^ low
}

fn modes(meets: &[Meets]) -> Modes {
    let mode = |meets: &Meets| match meets {
        Meets::Video => Mode::Video,
        Meets::Office => Mode::Office,
    };
    let first = meets.first().map_or(Mode::Video, mode);
    Modes { first, both: meets.len() != 1 }
}

fn times(times: &[TimeOfWeek]) -> Week {
    let windows = times.iter().flat_map(|time| {
        let (days, opens_min, closes_min) = time.hours();
        days.iter().map(move |day| Window { day: *day, opens_min, closes_min })
    });
    Week::of(windows)
}

/// What is told of a request without telling who it is.
pub fn told(request: &Request, paying: Paying) -> Told {
    let pays = match (has_insurance(&request.lead), paying) {
        (false, _) => words::PAYS_ALONE.into(),
        (true, Paying::Themselves) => words::PAYS_ALONE_AFTER_ALL.into(),
        (true, Paying::AsSaid) => words::pays_with(&request.pays),
    };
    Told { who: request.who(), pays, wishes: request.wishes() }
}

/// What a clinician reads of a request: a copy, as of now.
pub fn snapshot(request: &Request, reasons: (Vec<String>, Vec<String>)) -> Snapshot {
    let Request { lead, concern, .. } = request;
    Snapshot {
        name: lead.name.clone(),
        address: lead.address.as_ref().map(|address| address.as_str().to_owned()),
        phone: lead.phone.clone(),
        state: lead.state.clone(),
        agreed_to_mail: lead.consent.email.then(|| lead.consent.words.clone()),
        topics: concern.slugs().map(fit::concern).collect(),
        concern: concern.words.clone(),
        reasons_for: reasons.0,
        reasons_against: reasons.1,
    }
}

/// Whether somebody pays with insurance, so that it can be asked who would take them without.
pub fn has_insurance(lead: &Lead) -> bool {
    lead.pays != Pays::Themselves
}
