//! The door: cases of JSON in, results of JSON out.
//!
//! `{"cases":[{"id","kind","input"}…]}` gives `{"cases":[{"id","result"}…]}` in the same order. A
//! case that cannot be answered gives `{"id","error":{"code","field","message"}}` and spoils no
//! other. `version` and `note` beside `cases`, `says` and `expect` beside `input` are ignored.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::fields::{Fields, LIST_LIMIT};
use crate::{Code, Error};

mod asked;
mod counted;
mod difference;

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
        let id = case.get("id").cloned().unwrap_or(Value::Null);
        let Some(expected) = case.get("expect") else {
            differences.push(format!("{id}: nothing is expected of this case"));
            continue;
        };
        let given = match answered(case) {
            Ok(result) => result,
            Err(error) if expected.get("error").is_some() => json!({ "error": error.code }),
            Err(error) => json!({ "error": error }),
        };
        difference::between(expected, &given, &id.to_string(), &mut differences);
    }
    Ok(differences)
}

fn cases(json: &str) -> Result<Vec<Value>, String> {
    let document: Value =
        serde_json::from_str(json).map_err(|error| format!("this is not JSON: {error}"))?;
    let shape = || "this is not an object with a list named \"cases\"".to_owned();
    let Value::Object(mut map) = document else { return Err(shape()) };
    let Some(Value::Array(cases)) = map.remove("cases") else { return Err(shape()) };
    let unknown = |name: &&String| !["version", "note"].contains(&name.as_str());
    if let Some(name) = map.keys().find(unknown) {
        return Err(format!("\"{name}\" is unknown beside \"cases\""));
    }
    if LIST_LIMIT < cases.len() {
        return Err(format!("there are more than {LIST_LIMIT} cases"));
    }
    Ok(cases)
}

fn answer(case: &Value) -> Value {
    let id = case.get("id").cloned().unwrap_or(Value::Null);
    match answered(case) {
        Ok(result) => json!({ "id": id, "result": result }),
        Err(error) => json!({ "id": id, "error": error }),
    }
}

fn answered(case: &Value) -> Result<Value, Error> {
    let mut fields = Fields::of(case)?;
    for ignored in ["id", "says", "expect"] {
        fields.value(ignored);
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
    answer(input)
}

fn written(result: impl Serialize) -> Result<Value, Error> {
    serde_json::to_value(result)
        .map_err(|error| Error::range("", format!("the result cannot be written: {error}")))
}
