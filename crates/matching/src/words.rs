//! Every sentence of a reason: plain, with its datum, of this clinician and this request alone.
//!
//! No praise, no diagnosis, no other clinician. A concern is what the person named, not what they
//! have.

use jiff::civil::Date;

use crate::clinician::{Clinician, Rating, Scope, Training};
use crate::hard::Hard;
use crate::request::{Level, Mode, Request, Service};
use crate::soft::Soft;

/// What would have to change before `clinician` could see this person.
pub(crate) fn to_change(rule: Hard, request: &Request, it: &Clinician, on: Date) -> String {
    match rule {
        Hard::Age => {
            let (youngest, oldest) = it.ages.clone().into_inner();
            format!("Sees ages {youngest} to {oldest}, not {}.", request.age)
        }
        Hard::Capacity => "Has no free place now.".to_owned(),
        Hard::Conflict => "Has a conflict of interest.".to_owned(),
        Hard::Distance => too_far(request, it),
        Hard::Exclusion => {
            let never = |concern: &&String| it.concerns.get(*concern) == Some(&Rating::Never);
            let excluded = request.concerns.iter().filter(never);
            format!("Does not take on {}.", listed(excluded, "or"))
        }
        Hard::Language => {
            format!("Works in {}, not in {}.", any(&it.languages), listed(&request.languages, "or"))
        }
        Hard::Level => too_slow(request.level),
        Hard::Mode => format!("Does not meet people {}.", by(request.modes.first)),
        Hard::Part2 => "Works in no program under 42 CFR Part 2, which is needed.".to_owned(),
        Hard::Paused => paused(request, it, on),
        Hard::Payer => match &request.payer {
            Some(payer) => format!("Is not in network with {}.", plain(payer)),
            None => "Takes nobody who pays without insurance.".to_owned(),
        },
        Hard::Price => format!(
            "Charges {}; the budget is {}.",
            dollars(it.self_pay_cents.unwrap_or(0)),
            dollars(request.budget_cents.unwrap_or(0))
        ),
        Hard::Service => format!("Does not offer {}.", service(request.service)),
        Hard::State => format!("May not serve in {}.", request.state.code()),
        Hard::Time => "Has no 50 minutes open at a time that was asked for.".to_owned(),
    }
}

/// What speaks for `clinician`, where the rule brought points.
pub(crate) fn speaks_for(rule: Soft, request: &Request, it: &Clinician) -> String {
    let (wishes, offers) = (&request.wishes, &it.offers);
    match rule {
        Soft::Access => {
            format!("Offers {}.", listed(wishes.access.intersection(&offers.access), "and"))
        }
        Soft::Concern => concerns(request, it),
        Soft::Faith => format!("Faith, as wished: {}.", said(offers.faith.as_ref())),
        Soft::Gender => format!("Gender, as wished: {}.", said(offers.gender.as_ref())),
        Soft::Identity => {
            let shared = wishes.identities.intersection(&offers.identities);
            format!("Shares what was wished: {}.", listed(shared, "and"))
        }
        Soft::Language => {
            let shared = request.languages.intersection(&it.languages);
            format!("Works in {}.", listed(shared, "and"))
        }
        Soft::Lgbtq => "Offers care that affirms LGBTQ people, as wished.".to_owned(),
        Soft::Modality => modalities(request, it),
        Soft::Near => match request.zip_km.get(&it.id) {
            Some(km) => format!("The office is {} km away.", km.floor()),
            None => "The office is near.".to_owned(),
        },
        Soft::Place => format!("Meets people {}, as preferred.", by(request.modes.first)),
        Soft::Price => match it.self_pay_cents {
            Some(cents) => format!("Charges {}, which is below the budget.", dollars(cents)),
            None => "Charges less than the budget.".to_owned(),
        },
        Soft::Style => format!("Way of working, as wished: {}.", said(offers.style.as_ref())),
        Soft::Time => {
            let shared = request.times.shared_min(&it.availability);
            format!("Has {} a week open at the times that were asked for.", hours(shared))
        }
    }
}

/// What speaks against `clinician`, who fits all the same.
pub(crate) fn speaks_against(rule: Soft, request: &Request, it: &Clinician) -> String {
    let offers = &it.offers;
    match rule {
        Soft::Concern => concerns(request, it),
        Soft::Faith => format!("Faith, other than wished: {}.", said(offers.faith.as_ref())),
        Soft::Gender => format!("Gender, other than wished: {}.", said(offers.gender.as_ref())),
        Soft::Language => {
            format!("Works in {}, not in {}.", any(&it.languages), listed(&request.languages, "or"))
        }
        Soft::Lgbtq => "Does not offer care that affirms LGBTQ people.".to_owned(),
        Soft::Modality => format!("Lists no training in {}.", listed(&request.modalities, "or")),
        Soft::Place if it.modes.contains(&request.modes.first) => too_far(request, it),
        Soft::Place => format!("Does not meet people {}.", by(request.modes.first)),
        Soft::Style => {
            format!("Way of working, other than wished: {}.", said(offers.style.as_ref()))
        }
        // These never speak against anybody; the sentence is for whoever lets them one day.
        Soft::Access | Soft::Identity | Soft::Near | Soft::Price | Soft::Time => {
            "Offers less of what was wished.".to_owned()
        }
    }
}

/// "Specialty in ocd; lists nothing on insomnia."
fn concerns(request: &Request, it: &Clinician) -> String {
    let groups = [
        ("Specialty in", Some(Rating::Specialty)),
        ("Treats", Some(Rating::Treats)),
        ("Will see people about", Some(Rating::WillSee)),
        ("Lists nothing on", None),
    ];
    let clauses = groups.into_iter().filter_map(|(begins, rating)| {
        let rated: Vec<&String> = request
            .concerns
            .iter()
            .filter(|concern| it.concerns.get(*concern).copied() == rating)
            .collect();
        (!rated.is_empty()).then(|| format!("{begins} {}", listed(rated, "and")))
    });
    sentence(clauses)
}

fn modalities(request: &Request, it: &Clinician) -> String {
    let groups = [
        ("Certified in", Training::Certified),
        ("Trained in", Training::Trained),
        ("Learning under supervision:", Training::SupervisedLearning),
        ("Draws on", Training::Informed),
    ];
    let clauses = groups.into_iter().filter_map(|(begins, training)| {
        let trained: Vec<&String> = request
            .modalities
            .iter()
            .filter(|modality| it.modalities.get(*modality) == Some(&training))
            .collect();
        (!trained.is_empty()).then(|| format!("{begins} {}", listed(trained, "and")))
    });
    sentence(clauses)
}

/// Clauses as one sentence: the first keeps its capital.
fn sentence(clauses: impl Iterator<Item = String>) -> String {
    let mut sentence = String::new();
    for clause in clauses {
        if sentence.is_empty() {
            sentence = clause;
        } else {
            let mut letters = clause.chars();
            let first = letters.next().map(|letter| letter.to_ascii_lowercase());
            sentence.push_str("; ");
            sentence.extend(first.into_iter().chain(letters));
        }
    }
    sentence + "."
}

fn too_far(request: &Request, it: &Clinician) -> String {
    let km_max = it.km_max(request).unwrap_or(0.0);
    match request.zip_km.get(&it.id) {
        Some(km) => format!("The office is {km} km away; {km_max} km would do."),
        None => format!("How far the office is is not known; {km_max} km would do."),
    }
}

fn too_slow(level: Level) -> String {
    match level {
        Level::Crisis => {
            "Help is needed now: call or text 988, or call 911 where life is in danger.".to_owned()
        }
        Level::HigherLevel => {
            "More than outpatient care is needed: a coordinator helps to find it now; in a crisis \
             call or text 988."
                .to_owned()
        }
        Level::Routine => "Takes no routine requests now.".to_owned(),
        Level::Soon => "Cannot see people as soon as is needed.".to_owned(),
    }
}

/// The pause that lasts longest says when intake is open again.
fn paused(request: &Request, it: &Clinician, on: Date) -> String {
    let fitting: Vec<_> = it
        .paused
        .iter()
        .filter(|pause| pause.is_in_force(on) && pause.scope.fits(request))
        .collect();
    let scopes: Vec<String> = fitting.iter().map(|pause| scope(&pause.scope)).collect();
    let whom = listed(&scopes, "and");
    let until = fitting.iter().map(|pause| pause.until).collect::<Option<Vec<Date>>>();
    match until.and_then(|until| until.into_iter().max()) {
        Some(until) if until.year() == on.year() => {
            format!("Closed for {whom}; open again on {}.", until.strftime("%B %-d"))
        }
        Some(until) => {
            format!("Closed for {whom}; open again on {}.", until.strftime("%B %-d, %Y"))
        }
        None => format!("Closed for {whom} until further notice."),
    }
}

fn scope(scope: &Scope) -> String {
    match scope {
        Scope::All => "new requests".to_owned(),
        Scope::Payer(slug) | Scope::Concern(slug) | Scope::Modality(slug) => plain(slug),
        Scope::Age(ages) => format!("ages {} to {}", ages.start(), ages.end()),
        Scope::Service(it) => service(*it).to_owned(),
    }
}

fn service(service: Service) -> &'static str {
    match service {
        Service::Individual => "individual therapy",
        Service::Couple => "couple therapy",
        Service::Family => "family therapy",
        Service::Group => "group therapy",
        Service::Testing => "testing",
        Service::Supervision => "supervision",
    }
}

fn by(mode: Mode) -> &'static str {
    match mode {
        Mode::Video => "by video",
        Mode::Office => "in the office",
    }
}

/// "$140", "$140.50".
/// "50 minutes", "15 hours", "7 h 30 min".
fn hours(minutes: u32) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} minutes"),
        (1, 0) => "one hour".to_owned(),
        (hours, 0) => format!("{hours} hours"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

fn dollars(cents: u32) -> String {
    match cents % 100 {
        0 => format!("${}", cents / 100),
        odd => format!("${}.{odd:02}", cents / 100),
    }
}

/// A slug as words.
fn plain(slug: &str) -> String {
    slug.replace(['-', '_'], " ")
}

fn said(offer: Option<&String>) -> String {
    offer.map(|offer| plain(offer)).unwrap_or_default()
}

/// "a", "a and b", "a, b and c".
fn listed<'a>(slugs: impl IntoIterator<Item = &'a String>, last: &str) -> String {
    let mut words: Vec<String> = slugs.into_iter().map(|slug| plain(slug)).collect();
    match words.pop() {
        Some(only) if words.is_empty() => only,
        Some(end) => format!("{} {last} {end}", words.join(", ")),
        None => "nothing".to_owned(),
    }
}

fn any<'a>(languages: impl IntoIterator<Item = &'a String>) -> String {
    match listed(languages, "and") {
        none if none == "nothing" => "no language that is listed".to_owned(),
        languages => languages,
    }
}
