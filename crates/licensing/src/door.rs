//! `trellis licensing`: the kinds `may_serve` and `calendar`, asked from outside in JSON.

use std::collections::HashSet;

use ::door::{Fault, Fields, read};
use jiff::civil::Date;
use serde_json::{Value, json};

use crate::answer::{Answer, Rule};
use crate::calendar::SPAN_DAYS_MAX;
use crate::facts::{
    Authority, AuthorityKind, Compact, Facts, Level, License, Membership, Mode, Profession, Status,
    Supervision,
};
use crate::state::State;

/// Answers every case of `text`.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn run(text: &str) -> Result<String, String> {
    ::door::run(text, answer)
}

/// Lists each difference between what the cases of `text` expect and what they get.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn check(text: &str) -> Result<Vec<String>, String> {
    ::door::check(text, answer, ::door::differences)
}

fn answer(kind: &str, input: &Value) -> Result<Value, Fault> {
    match kind {
        "may_serve" => {
            let mut fields = Fields::of(input)?;
            let on = fields.need("on", date)?;
            let facts = facts(&mut fields)?;
            fields.end()?;
            Ok(told(&facts.may_serve(on)))
        }
        "calendar" => calendar(input),
        _ => Err(::door::unknown_kind(&["may_serve", "calendar"])),
    }
}

fn calendar(input: &Value) -> Result<Value, Fault> {
    let mut fields = Fields::of(input)?;
    let (from, to) = (fields.need("from", date)?, fields.need("to", date)?);
    let facts = facts(&mut fields)?;
    fields.end()?;
    in_order("to", from, Some(to))?;
    if SPAN_DAYS_MAX < (to - from).get_days() {
        let message = format!("A span ends at most {SPAN_DAYS_MAX} days after it begins.");
        return Err(Fault::at("to", message));
    }
    let answers = facts.calendar(from, to).into_iter().map(|row| {
        let mut told = told(&row.answer);
        told["from"] = json!(row.day.to_string());
        told
    });
    Ok(json!({ "answers": answers.collect::<Vec<_>>() }))
}

fn told(answer: &Answer) -> Value {
    json!({
        "answer": answer.verdict.word(),
        "basis": answer.basis.map(|basis| basis.word()),
        "rules": answer.rules.iter().map(|rule| Rule::word(*rule)).collect::<Vec<_>>(),
    })
}

fn facts(fields: &mut Fields<'_>) -> Result<Facts, Fault> {
    let services = [("therapy", ()), ("testing", ())];
    fields.need("service", |it| read::word(it, &services))?;
    let facts = Facts {
        client_state: fields.need("client_state", state_or_null)?,
        clinician_state: fields.need("clinician_state", state_or_null)?,
        mode: fields.need("mode", mode)?,
        client_age: fields.need("client_age", age)?,
        min_age: fields.null("min_age", age)?,
        licenses: fields.list("licenses", license)?,
        authorities: fields.list("authorities", authority)?,
        supervision: fields.list("supervision", supervision)?,
        compacts: fields.list("compacts", membership)?,
    };
    if facts.mode == Mode::InPerson && facts.clinician_state != facts.client_state {
        let message = "In person, both are in the same state.";
        return Err(Fault::at("clinician_state", message));
    }
    let mut known = HashSet::new();
    match facts.compacts.iter().position(|row| !known.insert((row.compact, row.state))) {
        Some(index) => Err(Fault::at("state", "This compact has a row for this state already.")
            .under(&index.to_string())
            .under("compacts")),
        None => Ok(facts),
    }
}

fn license(value: &Value) -> Result<License, Fault> {
    let mut fields = Fields::of(value)?;
    let license = License {
        state: fields.need("state", state)?,
        profession: fields.need("profession", profession)?,
        level: fields.need("level", |it| {
            read::word(it, &[("independent", Level::Independent), ("associate", Level::Associate)])
        })?,
        issued: fields.need("issued", date)?,
        expires: fields.need("expires", date)?,
        status: fields.need("status", status)?,
        must_disclose: fields.may("must_disclose", read::flag)?.unwrap_or(false),
        grace_to: fields.null("grace_to", date)?,
    };
    fields.end()?;
    in_order("expires", license.issued, Some(license.expires))?;
    in_order("grace_to", license.expires, license.grace_to)?;
    Ok(license)
}

fn authority(value: &Value) -> Result<Authority, Fault> {
    let mut fields = Fields::of(value)?;
    let authority = Authority {
        kind: fields.need("kind", authority_kind)?,
        state: fields.null("state", state)?,
        home_state: fields.null("home_state", state)?,
        from: fields.need("from", date)?,
        to: fields.null("to", date)?,
        day_limit: fields.null("day_limit", days)?,
        days_used: fields.may("days_used", days)?.unwrap_or(0),
        year: fields.null("year", |it| Ok(read::whole(it, 1..=9_999)? as i16))?,
    };
    fields.end()?;
    in_order("to", authority.from, authority.to)?;
    let kind = authority.kind;
    let is_for_one_state = matches!(
        kind,
        AuthorityKind::CcPrivilege | AuthorityKind::TelehealthReg | AuthorityKind::Temp
    );
    if is_for_one_state && authority.state.is_none() {
        return Err(Fault::at("state", "This kind of authority is for one state."));
    }
    if kind.compact().is_some() && authority.home_state.is_none() {
        return Err(Fault::at("home_state", "This kind of authority rests on a home license."));
    }
    Ok(authority)
}

fn supervision(value: &Value) -> Result<Supervision, Fault> {
    let mut fields = Fields::of(value)?;
    let supervision = Supervision {
        state: fields.need("state", state)?,
        from: fields.need("from", date)?,
        to: fields.null("to", date)?,
    };
    fields.end()?;
    in_order("to", supervision.from, supervision.to)?;
    Ok(supervision)
}

fn membership(value: &Value) -> Result<Membership, Fault> {
    const COMPACTS: [(&str, Compact); 3] = [
        ("psypact", Compact::Psypact),
        ("counseling", Compact::Counseling),
        ("social_work", Compact::SocialWork),
    ];
    let mut fields = Fields::of(value)?;
    let membership = Membership {
        compact: fields.need("compact", |it| read::word(it, &COMPACTS))?,
        state: fields.need("state", state)?,
        issuing_on: fields.null("issuing_on", date)?,
        withdrawn_on: fields.null("withdrawn_on", date)?,
    };
    fields.end()?;
    if let Some(issuing_on) = membership.issuing_on {
        in_order("withdrawn_on", issuing_on, membership.withdrawn_on)?;
    }
    Ok(membership)
}

/// Of a pair the second is at fault; equal is in order.
fn in_order(field: &str, first: Date, second: Option<Date>) -> Result<(), Fault> {
    match second {
        Some(second) if second < first => Err(Fault::at(field, format!("It lies before {first}."))),
        _ => Ok(()),
    }
}

fn state(value: &Value) -> Result<State, Fault> {
    let state = value.as_str().and_then(State::of);
    state.ok_or_else(|| Fault::here("The code of a state in capitals is expected here."))
}

fn state_or_null(value: &Value) -> Result<Option<State>, Fault> {
    if value.is_null() { Ok(None) } else { state(value).map(Some) }
}

fn mode(value: &Value) -> Result<Mode, Fault> {
    let words = [("in_person", Mode::InPerson), ("video", Mode::Video), ("audio", Mode::Audio)];
    read::word(value, &words)
}

fn profession(value: &Value) -> Result<Profession, Fault> {
    let words = [
        ("psychologist", Profession::Psychologist),
        ("counselor", Profession::Counselor),
        ("social_worker", Profession::SocialWorker),
        ("mft", Profession::Mft),
        ("pmhnp", Profession::Pmhnp),
    ];
    read::word(value, &words)
}

fn status(value: &Value) -> Result<Status, Fault> {
    let words = [
        ("active", Status::Active),
        ("inactive", Status::Inactive),
        ("lapsed", Status::Lapsed),
        ("probation", Status::Probation),
        ("encumbered", Status::Encumbered),
        ("retired", Status::Retired),
    ];
    read::word(value, &words)
}

fn authority_kind(value: &Value) -> Result<AuthorityKind, Fault> {
    let words = [
        ("apit", AuthorityKind::Apit),
        ("tap", AuthorityKind::Tap),
        ("cc_privilege", AuthorityKind::CcPrivilege),
        ("swlc_multistate", AuthorityKind::SwlcMultistate),
        ("telehealth_reg", AuthorityKind::TelehealthReg),
        ("temp", AuthorityKind::Temp),
    ];
    read::word(value, &words)
}

fn age(value: &Value) -> Result<u8, Fault> {
    Ok(read::whole(value, 0..=130)? as u8)
}

fn days(value: &Value) -> Result<u16, Fault> {
    Ok(read::whole(value, 0..=366)? as u16)
}

fn date(value: &Value) -> Result<Date, Fault> {
    read::date(value).map(|it| jiff::civil::date(it.year, it.month, it.day))
}
