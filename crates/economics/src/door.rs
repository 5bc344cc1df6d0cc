//! The door: cases of JSON in, results of JSON out.
//!
//! `{"cases":[{"id","kind","input"}…]}` gives `{"cases":[{"id","result"}…]}` in the same order. A
//! case that cannot be answered gives `{"id","error":{"code","field","message"}}` and spoils no
//! other; one whose id could come back changed gives the id null. `version` and `note` beside
//! `cases`, `says` and `expect` beside `input` are ignored.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::fields::Fields;
use crate::{Code, Error};

mod amounts;
mod asked;
mod counted;
mod difference;
mod document;
mod effort;

use document::{Case, cases};

/// Answers every case of a document.
///
/// # Errors
/// A sentence, when the text is not a document of cases at all.
pub fn run(json: &str) -> Result<String, String> {
    let cases = cases(json)?;
    let answers: Vec<Value> = cases.iter().map(answer).collect();
    Ok(json!({ "cases": answers }).to_string())
}

/// Every difference between what the cases of a document expect and what they get, one line
/// each; none when all is as expected. Whole numbers, texts and nulls are compared exactly,
/// reals within 1e-9 · max(1, |expected|).
///
/// # Errors
/// A sentence, when the text is not a document of cases at all.
pub fn check(json: &str) -> Result<Vec<String>, String> {
    let mut differences = Vec::new();
    for case in &cases(json)? {
        let case = match case {
            Ok(case) => case,
            Err(unreadable) => {
                differences.push(format!("{}: {}", unreadable.id, unreadable.error));
                continue;
            }
        };
        let id = named(case);
        let Some(expected) = case.get("expect") else {
            differences.push(format!("{id}: nothing is expected of this case"));
            continue;
        };
        match (expected.get("error"), answered(case)) {
            (Some(code), Err(error)) if code == error.code.as_str() => {}
            (Some(code), Err(error)) => {
                differences.push(format!("{id}: expected {code}, got {error}"));
            }
            (Some(code), Ok(_)) => {
                differences.push(format!("{id}: expected {code}, got a result"));
            }
            (None, Err(error)) => {
                differences.push(format!("{id}: expected a result, got {error}"));
            }
            (None, Ok(given)) => {
                difference::between(expected, &given, &id.to_string(), &mut differences);
            }
        }
    }
    Ok(differences)
}

fn answer(case: &Case) -> Value {
    let case = match case {
        Ok(case) => case,
        Err(unreadable) => return json!({ "id": unreadable.id, "error": unreadable.error }),
    };
    let id = named(case);
    match answered(case) {
        Ok(result) => json!({ "id": id, "result": result }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}

/// The id of a case as it was given; null where it has none, or none that is kept.
fn named(case: &Value) -> &Value {
    case.get("id").filter(|id| is_kept(id)).unwrap_or(&Value::Null)
}

/// True of what is written as it was read: a number beyond 64 bits or with a fraction was read
/// as the nearest double, and may be another one by now.
fn is_kept(id: &Value) -> bool {
    match id {
        Value::Number(number) => !number.is_f64(),
        Value::Array(elements) => elements.iter().all(is_kept),
        Value::Object(map) => map.values().all(is_kept),
        _ => true,
    }
}

fn answered(case: &Value) -> Result<Value, Error> {
    let mut fields = Fields::of(case).map_err(|error| error.within("case"))?;
    for ignored in ["id", "says", "expect"] {
        fields.value(ignored);
    }
    if !case.get("id").is_none_or(is_kept) {
        let (least, most) = (i64::MIN, u64::MAX);
        let message = format!(
            "an id is a text, or a whole number from {least} to {most}: another number could \
             come back changed"
        );
        return Err(Error::range("id", message));
    }
    let kind = fields.text("kind")?;
    let empty = Value::Object(Map::new());
    let input = fields.value("input").unwrap_or(&empty);
    fields.finish()?;
    let Some((_, answer)) = asked::KINDS.iter().find(|(name, _)| *name == kind) else {
        let known: Vec<&str> = asked::KINDS.iter().map(|(name, _)| *name).collect();
        let message = format!("kind is one of: {}", known.join(", "));
        return Err(Error::new(Code::Kind, "kind", message));
    };
    let mut result = answer(input).map_err(|error| match error.field.is_empty() {
        true => error.within("input"),
        false => error,
    })?;
    without_minus_zero(&mut result);
    Ok(result)
}

/// Zero has no sign: a sum of nothing, or zero times a loss, is not "-0.0".
fn without_minus_zero(result: &mut Value) {
    match result {
        Value::Number(number) if number.as_f64() == Some(0.0) && number.is_f64() => {
            *result = Value::from(0.0);
        }
        Value::Array(elements) => elements.iter_mut().for_each(without_minus_zero),
        Value::Object(map) => map.values_mut().for_each(without_minus_zero),
        _ => {}
    }
}

fn written(result: impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(result)
        .map_err(|error| Error::range("", format!("the result cannot be written: {error}")))
}
