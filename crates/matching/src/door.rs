//! `trellis matching`: the kind `fit`, asked from outside in JSON.

use std::collections::{BTreeSet, HashSet};
use std::ops::RangeInclusive;

use ::door::{Fault, Fields, read};
use jiff::civil::Date;
use licensing::State;
use serde_json::{Value, json};

use crate::clinician::{Clinician, Offers, Pause, Rating, Scope, Training};
use crate::hard::Hard;
use crate::outcome::{Outcome, Reason, Search};
use crate::request::{Level, Mode, Modes, Request, Service, Wishes};
use crate::soft::Soft;
use crate::week::{Week, Window};
use crate::weights::{ConcernWeights, ModalityWeights, Weights};

/// Answers every case of `text`.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn run(text: &str) -> Result<String, String> {
    ::door::run(text, answer)
}

/// Lists each difference between what the cases of `text` expect and what they get. What a reason
/// `says` is not compared; each must be there and not be blank.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn check(text: &str) -> Result<Vec<String>, String> {
    ::door::check(text, answer, |expect, got| {
        let (mut expect, mut got) = (expect.clone(), got.clone());
        let mut blank = Vec::new();
        without_says(&mut expect, &mut Vec::new());
        without_says(&mut got, &mut blank);
        let mut found = ::door::differences(&expect, &got);
        found.extend(blank);
        found
    })
}

/// Takes every `says` out of `value`, and tells where one is blank.
fn without_says(value: &mut Value, blank: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            let is_said = |says: &Value| says.as_str().is_some_and(|it| !it.trim().is_empty());
            let is_blank = match map.remove("says") {
                Some(Value::Array(says)) => {
                    let rules = map.get("rules").and_then(Value::as_array);
                    rules.map(Vec::len) != Some(says.len()) || !says.iter().all(is_said)
                }
                Some(says) => !is_said(&says),
                None => map.contains_key("rule") || map.contains_key("rules"),
            };
            if is_blank {
                let rule = map.get("rule").or(map.get("rules")).unwrap_or(&Value::Null);
                blank.push(format!("a reason of {rule} says nothing"));
            }
            map.values_mut().for_each(|value| without_says(value, blank));
        }
        Value::Array(list) => list.iter_mut().for_each(|value| without_says(value, blank)),
        _ => {}
    }
}

fn answer(kind: &str, input: &Value) -> Result<Value, Fault> {
    match kind {
        "fit" => Ok(told(&search(input)?.assess())),
        _ => Err(::door::unknown_kind(&["fit"])),
    }
}

fn told(outcome: &Outcome) -> Value {
    let reasons = |reasons: &[Reason<Soft>]| {
        let told = reasons.iter().map(|it| json!({ "rule": it.rule.word(), "says": it.says }));
        told.collect::<Vec<Value>>()
    };
    let fits = outcome.fits.iter().map(|fit| {
        json!({
            "id": fit.id,
            "score": fit.score,
            "for": reasons(&fit.reasons_for),
            "against": reasons(&fit.reasons_against),
        })
    });
    let misses = outcome.misses.iter().map(|miss| {
        json!({
            "id": miss.id,
            "rules": miss.reasons.iter().map(|it| Hard::word(it.rule)).collect::<Vec<_>>(),
            "says": miss.reasons.iter().map(|it| it.says.as_str()).collect::<Vec<_>>(),
        })
    });
    let mut told = json!({
        "fits": fits.collect::<Vec<_>>(),
        "misses": misses.collect::<Vec<_>>(),
    });
    if outcome.crisis_help_first {
        told["first"] = json!("crisis_help");
    }
    told
}

fn search(input: &Value) -> Result<Search, Fault> {
    let mut fields = Fields::of(input)?;
    let search = Search {
        on: fields.need("on", date)?,
        seed: fields.need("seed", |it| read::whole(it, 0..=9_007_199_254_740_991))? as u64,
        weights: fields.null("weights", weights)?.unwrap_or_default(),
        request: fields.need("request", request)?,
        clinicians: fields.need("clinicians", |it| read::list(it, clinician))?,
    };
    fields.end()?;
    let mut ids = HashSet::new();
    match search.clinicians.iter().position(|it| !ids.insert(it.id.as_str())) {
        Some(index) => Err(Fault::at("id", "Another clinician has this id.")
            .under(&index.to_string())
            .under("clinicians")),
        None => Ok(search),
    }
}

fn request(value: &Value) -> Result<Request, Fault> {
    let mut fields = Fields::of(value)?;
    let request = Request {
        state: fields.need("state", state)?,
        age: fields.need("age", age)?,
        service: fields.need("service", service)?,
        modes: fields.need("mode", modes)?,
        payer: fields
            .need("payer", |it| if it.is_null() { Ok(None) } else { text(it).map(Some) })?,
        level: fields.need("level", |it| {
            let words = [
                ("routine", Level::Routine),
                ("soon", Level::Soon),
                ("crisis", Level::Crisis),
                ("higher_level", Level::HigherLevel),
            ];
            read::word(it, &words)
        })?,
        part2: fields.need("part2", read::flag)?,
        knows: fields.need("knows", texts)?,
        max_km: fields.null("max_km", km)?,
        zip_km: fields.may("zip_km", |it| read::map(it, km))?.unwrap_or_default(),
        budget_cents: fields.null("budget_cents", cents)?,
        languages: fields.may("languages", texts)?.unwrap_or_default(),
        language_must: fields.may("language_must", read::flag)?.unwrap_or(false),
        concerns: fields.may("concerns", texts)?.unwrap_or_default(),
        modalities: fields.may("modalities", texts)?.unwrap_or_default(),
        wishes: fields.may("wishes", wishes)?.unwrap_or_default(),
        times: fields.may("times", week)?.unwrap_or_default(),
    };
    fields.end()?;
    if request.language_must && request.languages.is_empty() {
        let message = "A language that must be spoken has to be named in `languages`.";
        return Err(Fault::at("language_must", message));
    }
    Ok(request)
}

fn wishes(value: &Value) -> Result<Wishes, Fault> {
    let mut fields = Fields::of(value)?;
    let wishes = Wishes {
        gender: fields.null("gender", text)?,
        faith: fields.null("faith", text)?,
        style: fields.null("style", text)?,
        lgbtq: fields.null("lgbtq", read::flag)?.unwrap_or(false),
        identities: fields.may("identities", texts)?.unwrap_or_default(),
        access: fields.may("access", texts)?.unwrap_or_default(),
    };
    fields.end()?;
    Ok(wishes)
}

fn clinician(value: &Value) -> Result<Clinician, Fault> {
    let mut fields = Fields::of(value)?;
    let levels = [("routine", Level::Routine), ("soon", Level::Soon)];
    let clinician = Clinician {
        id: fields.need("id", text)?,
        serves_states: fields.need("serves_states", |it| set(it, state))?,
        ages: fields.need("ages", ages)?,
        services: fields.need("services", |it| set(it, service))?,
        modes: fields.need("modes", |it| set(it, |it| read::word(it, &Mode::WORDS)))?,
        payers: fields.need("payers", texts)?,
        languages: fields.need("languages", texts)?,
        concerns: fields
            .need("concerns", |it| read::map(it, |it| read::word(it, &Rating::WORDS)))?,
        levels: fields.need("levels", |it| set(it, |it| read::word(it, &levels)))?,
        capacity: fields.need("capacity", |it| Ok(read::whole(it, 0..=10_000)? as u16))?,
        paused: fields.need("paused", |it| read::list(it, pause))?,
        max_km: fields.null("max_km", km)?,
        self_pay_cents: fields.null("self_pay_cents", cents)?,
        modalities: fields
            .may("modalities", |it| read::map(it, |it| read::word(it, &Training::WORDS)))?
            .unwrap_or_default(),
        offers: fields.may("offers", offers)?.unwrap_or_default(),
        availability: fields.may("availability", week)?.unwrap_or_default(),
        part2: fields.may("part2", read::flag)?.unwrap_or(false),
        last_offer: fields.null("last_offer", date)?,
    };
    fields.end()?;
    Ok(clinician)
}

fn offers(value: &Value) -> Result<Offers, Fault> {
    let mut fields = Fields::of(value)?;
    let offers = Offers {
        gender: fields.null("gender", text)?,
        faith: fields.null("faith", text)?,
        style: fields.null("style", text)?,
        lgbtq: fields.null("lgbtq", read::flag)?,
        identities: fields.may("identities", texts)?.unwrap_or_default(),
        access: fields.may("access", texts)?.unwrap_or_default(),
    };
    fields.end()?;
    Ok(offers)
}

fn pause(value: &Value) -> Result<Pause, Fault> {
    let mut fields = Fields::of(value)?;
    let pause = Pause { scope: fields.need("scope", scope)?, until: fields.null("until", date)? };
    fields.end()?;
    Ok(pause)
}

/// `all`, or what the pause is for, a colon, and which. A service that does not exist is refused:
/// a pause that can never be in force would let somebody in.
fn scope(value: &Value) -> Result<Scope, Fault> {
    let text = read::any_text(value)?;
    if text == "all" {
        return Ok(Scope::All);
    }
    let scope = text.split_once(':').and_then(|(of, which)| {
        let slug = || (1..=100).contains(&which.chars().count()).then(|| which.to_owned());
        match of {
            "payer" => slug().map(Scope::Payer),
            "concern" => slug().map(Scope::Concern),
            "modality" => slug().map(Scope::Modality),
            "age" => ages_of(which).map(Scope::Age),
            "service" => {
                let service = Service::WORDS.iter().find(|(word, _)| *word == which);
                service.map(|(_, service)| Scope::Service(*service))
            }
            _ => None,
        }
    });
    let message = "A pause is for all, payer:X, concern:X, modality:X, age:A-B or service:X.";
    scope.ok_or_else(|| Fault::here(message))
}

fn ages_of(text: &str) -> Option<RangeInclusive<u8>> {
    let (from, to) = text.split_once('-')?;
    let age = |digits: &str| {
        let is_age =
            (1..=3).contains(&digits.len()) && digits.bytes().all(|it| it.is_ascii_digit());
        digits.parse::<u8>().ok().filter(|age| is_age && *age <= 120)
    };
    let (from, to) = (age(from)?, age(to)?);
    (from <= to).then_some(from..=to)
}

fn ages(value: &Value) -> Result<RangeInclusive<u8>, Fault> {
    let ages = read::list(value, age)?;
    match ages[..] {
        [from, to] if from <= to => Ok(from..=to),
        [_, _] => Err(Fault::at("1", "The last age lies below the first.")),
        _ => Err(Fault::here("Two ages are expected here, the first and the last.")),
    }
}

fn modes(value: &Value) -> Result<Modes, Fault> {
    let modes = read::list(value, |it| read::word(it, &Mode::WORDS))?;
    match modes.first() {
        Some(first) => Ok(Modes { first: *first, both: modes.iter().any(|mode| mode != first) }),
        None => Err(Fault::here("At least one way to meet is expected here.")),
    }
}

fn week(value: &Value) -> Result<Week, Fault> {
    let rows = read::list(value, |row| {
        let mut fields = Fields::of(row)?;
        let days = fields.need("days", read::days_of_week)?;
        let opens_min = fields.need("opens", read::clock)?;
        let closes_min = fields.need("closes", read::clock)?;
        fields.end()?;
        if closes_min <= opens_min {
            return Err(Fault::at("closes", "A window closes later than it opens."));
        }
        Ok((days, opens_min, closes_min))
    })?;
    Ok(Week::of(rows.into_iter().flat_map(|(days, opens_min, closes_min)| {
        days.into_iter().map(move |day| Window { day, opens_min, closes_min })
    })))
}

fn weights(value: &Value) -> Result<Weights, Fault> {
    let default = Weights::default();
    let mut fields = Fields::of(value)?;
    let weights = Weights {
        concern: fields.may("concern", concern_weights)?.unwrap_or(default.concern),
        modality: fields.may("modality", modality_weights)?.unwrap_or(default.modality),
        language: weight(&mut fields, "language", default.language)?,
        gender: weight(&mut fields, "gender", default.gender)?,
        lgbtq: weight(&mut fields, "lgbtq", default.lgbtq)?,
        identity: weight(&mut fields, "identity", default.identity)?,
        access: weight(&mut fields, "access", default.access)?,
        faith: weight(&mut fields, "faith", default.faith)?,
        style: weight(&mut fields, "style", default.style)?,
        time: weight(&mut fields, "time", default.time)?,
        place: weight(&mut fields, "place", default.place)?,
        near: weight(&mut fields, "near", default.near)?,
        price: weight(&mut fields, "price", default.price)?,
    };
    fields.end()?;
    Ok(weights)
}

fn concern_weights(value: &Value) -> Result<ConcernWeights, Fault> {
    let default = Weights::default().concern;
    let mut fields = Fields::of(value)?;
    let weights = ConcernWeights {
        specialty: weight(&mut fields, "specialty", default.specialty)?,
        treats: weight(&mut fields, "treats", default.treats)?,
        will_see: weight(&mut fields, "will_see", default.will_see)?,
    };
    fields.end()?;
    Ok(weights)
}

fn modality_weights(value: &Value) -> Result<ModalityWeights, Fault> {
    let default = Weights::default().modality;
    let mut fields = Fields::of(value)?;
    let learning = default.supervised_learning;
    let weights = ModalityWeights {
        certified: weight(&mut fields, "certified", default.certified)?,
        trained: weight(&mut fields, "trained", default.trained)?,
        supervised_learning: weight(&mut fields, "supervised-learning", learning)?,
        informed: weight(&mut fields, "informed", default.informed)?,
    };
    fields.end()?;
    Ok(weights)
}

fn weight(fields: &mut Fields<'_>, key: &'static str, default: u16) -> Result<u16, Fault> {
    let weight = fields.may(key, |it| Ok(read::whole(it, 0..=1_000)? as u16))?;
    Ok(weight.unwrap_or(default))
}

fn set<T: Ord>(
    value: &Value,
    read: impl FnMut(&Value) -> Result<T, Fault>,
) -> Result<BTreeSet<T>, Fault> {
    Ok(read::list(value, read)?.into_iter().collect())
}

fn text(value: &Value) -> Result<String, Fault> {
    read::text(value).map(str::to_owned)
}

fn texts(value: &Value) -> Result<BTreeSet<String>, Fault> {
    set(value, text)
}

fn state(value: &Value) -> Result<State, Fault> {
    let state = value.as_str().and_then(State::of);
    state.ok_or_else(|| Fault::here("The code of a state in capitals is expected here."))
}

fn service(value: &Value) -> Result<Service, Fault> {
    read::word(value, &Service::WORDS)
}

fn age(value: &Value) -> Result<u8, Fault> {
    Ok(read::whole(value, 0..=120)? as u8)
}

fn cents(value: &Value) -> Result<u32, Fault> {
    Ok(read::whole(value, 0..=10_000_000)? as u32)
}

fn km(value: &Value) -> Result<f64, Fault> {
    read::number(value, 0.0..=21_000.0)
}

fn date(value: &Value) -> Result<Date, Fault> {
    read::date(value).map(|it| jiff::civil::date(it.year, it.month, it.day))
}
