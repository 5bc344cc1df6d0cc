//! A request beside each clinician who could take it: rows become the question of crate
//! `matching`, and its answer becomes sentences.
//!
//! What is read of a clinician stands here, all of it: their profile, licenses and supervision,
//! open hours, pause, and whether a place is free. There is no way in for anything else.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use ground::db::{self, Tx};
use hours::Intake;
use ids::{ClinicianId, PracticeId};
use jiff::ToSpan;
use jiff::civil::Date;
use matching::{
    Clinician, Hard, Offers, Outcome, Pause, Reason, Request, Scope, Search, Service, Soft, Week,
    Weights, Window, Wishes,
};
use people::Clinician as Listed;

use crate::license::{Right, Supervised, right};
use crate::model::{Candidate, Candidates, Caseloads, Profile, Stands, Wanted};
use crate::{queries, words};

/// A first visit is likely within this many days: licenses must hold until then.
const FIRST_VISIT_WITHIN: i32 = 14;

/// Everything that is read of one clinician.
struct Read {
    practice: PracticeId,
    practice_name: String,
    listed: Listed,
    profile: Option<Profile>,
    right: Right,
    intake: Intake,
    caseload: usize,
    open: Week,
}

/// Who could take a request, of all clinicians of these practices, with reasons for and against.
///
/// # Errors
/// As the database says.
pub async fn candidates(
    tx: &mut Tx,
    practices: &[PracticeId],
    wanted: &Wanted,
    caseloads: &Caseloads,
) -> db::Result<Candidates> {
    let payers = terms::payers(tx).await?;
    let names: BTreeMap<String, String> =
        payers.into_iter().map(|payer| (payer.code.to_string(), payer.name)).collect();
    let mut all = Vec::new();
    let mut on = None;
    for practice in practices {
        let today = hours::today(tx, *practice).await?;
        on = on.max(Some(today));
        read(tx, *practice, today, wanted, caseloads, &mut all).await?;
    }
    let Some(on) = on else {
        return Ok(Candidates { list: Vec::new(), crisis_help_first: false });
    };
    Ok(judge(on, wanted, &names, all))
}

/// Reads the clinicians of one practice.
async fn read(
    tx: &mut Tx,
    practice: PracticeId,
    today: Date,
    wanted: &Wanted,
    caseloads: &Caseloads,
    all: &mut Vec<Read>,
) -> db::Result<()> {
    let Some(practice_name) = queries::practice_name(tx, practice).await? else {
        return Ok(());
    };
    let mut profiles = queries::profiles(tx, practice).await?;
    let days = [today, today.saturating_add(FIRST_VISIT_WITHIN.days())];
    for listed in people::clinicians(tx, practice).await? {
        let held = people::licenses_of(tx, practice, listed.id).await?;
        let supervised = supervised(tx, practice, listed.id, today).await?;
        all.push(Read {
            practice,
            practice_name: practice_name.clone(),
            profile: profiles.remove(&listed.id),
            right: right(&held, &supervised, wanted.state, *wanted.ages.start(), days),
            intake: hours::intake(tx, practice, listed.id).await?,
            caseload: caseloads.get(&(practice, listed.id)).copied().unwrap_or(0),
            open: open_week(tx, practice, listed.id).await?,
            listed,
        });
    }
    Ok(())
}

async fn supervised(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    today: Date,
) -> db::Result<Vec<Supervised>> {
    let mut list = Vec::new();
    for supervisor in people::supervisors_on(tx, practice, clinician, today).await? {
        list.push(Supervised { by: people::licenses_of(tx, practice, supervisor).await? });
    }
    Ok(list)
}

/// The hours of each week in which a clinician sees somebody new: what is open, less what is
/// protected.
async fn open_week(tx: &mut Tx, practice: PracticeId, clinician: ClinicianId) -> db::Result<Week> {
    let said = hours::said(tx, practice, clinician).await?;
    let protected = |day: u8, minute: u16| {
        said.protected.iter().any(|row| {
            let hours = row.is.hours;
            row.is.weekday == day && hours.opens_min <= minute && minute < hours.closes_min
        })
    };
    let mut windows = Vec::new();
    for row in &said.weekly {
        if row.is.only_for == Some(hours::openings::Kind::Current) {
            continue;
        }
        let day = row.is.weekday;
        let mut opens = None;
        for minute in row.is.hours.opens_min..=row.is.hours.closes_min {
            let is_open = minute < row.is.hours.closes_min && !protected(day, minute);
            match (is_open, opens) {
                (true, None) => opens = Some(minute),
                (false, Some(from)) => {
                    windows.push(Window { day, opens_min: from, closes_min: minute });
                    opens = None;
                }
                _ => {}
            }
        }
    }
    Ok(Week::of(windows))
}

/// The pure part: from what was read to who fits and who misses.
fn judge(
    on: Date,
    wanted: &Wanted,
    payers: &BTreeMap<String, String>,
    all: Vec<Read>,
) -> Candidates {
    let named = |code: &String| payers.get(code).unwrap_or(code).clone();
    let search = Search {
        on,
        seed: wanted.seed,
        weights: Weights::default(),
        request: request(wanted, &named),
        clinicians: all.iter().filter_map(|it| clinician(it, wanted, &named)).collect(),
    };
    let outcome = search.assess();
    let mut fits: BTreeMap<String, usize> = BTreeMap::new();
    for (place, fit) in outcome.fits.iter().enumerate() {
        fits.insert(fit.id.clone(), place);
    }
    let mut list: Vec<(usize, Candidate)> = all
        .into_iter()
        .map(|it| {
            let id = it.listed.id.to_string();
            (fits.get(&id).copied().unwrap_or(usize::MAX), candidate(it, wanted, &outcome))
        })
        .collect();
    list.sort_by(|(one, first), (other, second)| {
        (one, &first.name, first.clinician).cmp(&(other, &second.name, second.clinician))
    });
    Candidates {
        list: list.into_iter().map(|(_, candidate)| candidate).collect(),
        crisis_help_first: outcome.crisis_help_first,
    }
}

fn request(wanted: &Wanted, named: &impl Fn(&String) -> String) -> Request {
    Request {
        state: wanted.state,
        age: *wanted.ages.start(),
        service: Service::Individual,
        modes: wanted.modes,
        payer: wanted.payer.as_ref().map(named),
        level: wanted.level,
        part2: false,
        knows: BTreeSet::new(),
        max_km: None,
        zip_km: BTreeMap::new(),
        budget_cents: wanted.budget_cents,
        languages: wanted.languages.iter().map(|tag| words::language(tag)).collect(),
        language_must: wanted.language_must,
        concerns: wanted.concerns.iter().map(|slug| words::concern(slug)).collect(),
        modalities: wanted.modalities.iter().map(|slug| words::modality(slug)).collect(),
        wishes: Wishes { style: wanted.style.clone(), ..Wishes::default() },
        times: wanted.times.clone(),
    }
}

/// A clinician as the rules see one; nobody where they have not said whom they see.
fn clinician(it: &Read, wanted: &Wanted, named: &impl Fn(&String) -> String) -> Option<Clinician> {
    let profile = it.profile.as_ref()?;
    let serves = matches!(it.right, Right::Serves(_)).then_some(wanted.state);
    let pause = Pause { scope: Scope::All, until: it.intake.reopens_on };
    let unpaused = Intake { paused: false, ..it.intake };
    Some(Clinician {
        id: it.listed.id.to_string(),
        serves_states: serves.into_iter().collect(),
        ages: ages(profile, wanted),
        services: [Service::Individual].into(),
        modes: profile.meets.clone(),
        payers: profile.payers.iter().map(named).collect(),
        languages: profile.languages.iter().map(|tag| words::language(tag)).collect(),
        concerns: said(&profile.concerns, words::concern),
        levels: [matching::Level::Routine, matching::Level::Soon].into(),
        // A free place or none: how many are free is nobody's business here.
        capacity: u16::from(unpaused.is_open(it.caseload)),
        paused: it.intake.paused.then_some(pause).into_iter().collect(),
        max_km: None,
        self_pay_cents: profile.self_pay_cents,
        modalities: said(&profile.modalities, words::modality),
        offers: Offers { style: profile.style.clone(), ..Offers::default() },
        availability: it.open.clone(),
        part2: false,
        last_offer: None,
    })
}

/// The ages that a clinician sees, as the rules look at them: who is in a group of ages of which
/// the clinician sees a part may be one of that part, so the group counts as seen. Where they see
/// none of it, their own ages stand, and are said.
fn ages(profile: &Profile, wanted: &Wanted) -> RangeInclusive<u8> {
    let (youngest, oldest) = (*wanted.ages.start(), *wanted.ages.end());
    let sees_some = profile.age_min <= oldest && youngest <= profile.age_max;
    if sees_some {
        profile.age_min.min(youngest)..=profile.age_max.max(youngest)
    } else {
        profile.age_min..=profile.age_max
    }
}

/// What speaks against somebody who sees a part of the ages only.
fn sees_a_part(profile: &Profile, wanted: &Wanted) -> Option<String> {
    let (youngest, oldest) = (*wanted.ages.start(), *wanted.ages.end());
    let sees_all = profile.age_min <= youngest && oldest <= profile.age_max;
    (!sees_all).then(|| words::sees_a_part((profile.age_min, profile.age_max), (youngest, oldest)))
}

/// The same under the names that people read: sentences are made of them.
fn said<T: Copy>(said: &BTreeMap<String, T>, named: fn(&str) -> String) -> BTreeMap<String, T> {
    said.iter().map(|(slug, value)| (named(slug), *value)).collect()
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    For,
    Against,
}

/// A sentence about concerns may speak for and against at once: "Specialty in OCD; lists nothing on
/// sleep." Beside each other each half says its own.
fn half(says: &str, half: Half) -> String {
    match (says.split_once("; lists nothing on "), half) {
        (Some((pro, _)), Half::For) => format!("{pro}."),
        (Some((_, con)), Half::Against) => format!("Lists nothing on {con}"),
        (None, _) => says.to_owned(),
    }
}

fn halves(reasons: &[Reason<Soft>], which: Half) -> Vec<String> {
    reasons.iter().map(|reason| half(&reason.says, which)).collect()
}

fn candidate(it: Read, wanted: &Wanted, outcome: &Outcome) -> Candidate {
    let id = it.listed.id.to_string();
    let fit = outcome.fits.iter().find(|fit| fit.id == id);
    let miss = outcome.misses.iter().find(|miss| miss.id == id);
    let stands = match (fit, miss, &it.right) {
        (Some(fit), _, Right::Serves(license)) => Stands::Fits {
            reasons_for: halves(&fit.reasons_for, Half::For),
            reasons_against: (it.profile.iter())
                .filter_map(|profile| sees_a_part(profile, wanted))
                .chain(halves(&fit.reasons_against, Half::Against))
                .collect(),
            license: license.clone(),
        },
        (_, Some(miss), right) => {
            let sentence = |reason: &Reason<Hard>| match (reason.rule, right) {
                // Which license is missing says more than that one is.
                (Hard::State, Right::Lacks(why)) => why.clone(),
                _ => reason.says.clone(),
            };
            Stands::Misses(miss.reasons.iter().map(sentence).collect())
        }
        _ => Stands::Misses(vec![words::NO_PROFILE.into()]),
    };
    Candidate {
        practice: it.practice,
        practice_name: it.practice_name,
        clinician: it.listed.id,
        person: it.listed.person,
        name: it.listed.name,
        credential: it.listed.credential,
        stands,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_speaks_both_ways_is_said_by_halves() {
        for (says, pro, con) in [
            (
                "Specialty in OCD; treats grief; lists nothing on sleep and stress.",
                "Specialty in OCD; treats grief.",
                "Lists nothing on sleep and stress.",
            ),
            ("Works in English.", "Works in English.", "Works in English."),
            ("Lists nothing on sleep.", "Lists nothing on sleep.", "Lists nothing on sleep."),
        ] {
            assert_eq!(half(says, Half::For), pro);
            assert_eq!(half(says, Half::Against), con);
        }
    }
}
