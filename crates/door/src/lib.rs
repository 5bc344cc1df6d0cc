//! How a pure crate is asked from outside: cases in, answers or the path to what is wrong out.
//!
//! A crate brings one function, from the kind of a case and its input to a result. This crate
//! brings all that is the same at every door: the envelope `{"cases":[{"id","kind","input"}…]}`,
//! strict reading that names the path of a faulty field ([`Fields`], [`read`]), and the
//! comparison with judged answers. One bad case spoils no other.
//!
//! ```
//! use door::{Fault, Fields, read};
//! use serde_json::{Value, json};
//!
//! fn answer(kind: &str, input: &Value) -> Result<Value, Fault> {
//!     match kind {
//!         "double" => {
//!             let mut fields = Fields::of(input)?;
//!             let cents = fields.need("cents", |it| read::whole(it, 0..=1_000))?;
//!             fields.end()?;
//!             Ok(json!({ "cents": 2 * cents }))
//!         }
//!         _ => Err(door::unknown_kind(&["double"])),
//!     }
//! }
//!
//! let asked = r#"{"cases":[{"id":"a","kind":"double","input":{"cents":21}},
//!                          {"id":"b","kind":"double","input":{"cents":2.5}}]}"#;
//! let told: Value = serde_json::from_str(&door::run(asked, answer)?).map_err(|e| e.to_string())?;
//! assert_eq!(told["cases"][0]["result"], json!({ "cents": 42 }));
//! assert_eq!(told["cases"][1]["error"]["field"], "cents");
//! # Ok::<(), String>(())
//! ```

mod compare;
mod fields;
pub mod read;

pub use compare::differences;
pub use fields::Fields;

use serde_json::{Map, Value, json};

/// Why a case cannot be answered: the field at fault and a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Keys and indexes from the field up to the value that is being read: innermost first, since
    /// each reader adds its own step when a fault passes through it.
    steps: Vec<String>,
    message: String,
}

impl Fault {
    /// A fault of the very value that is being read.
    pub fn here(message: impl Into<String>) -> Self {
        Self { steps: Vec::new(), message: message.into() }
    }

    /// A fault of one field of the value that is being read.
    pub fn at(field: &str, message: impl Into<String>) -> Self {
        Self::here(message).under(field)
    }

    /// The same fault, seen from one level further out.
    #[must_use]
    pub fn under(mut self, key: &str) -> Self {
        self.steps.push(key.to_owned());
        self
    }

    /// The path from the input down to the field: `weekly/0/closes`.
    pub fn field(&self) -> String {
        if self.steps.is_empty() {
            return "input".to_owned();
        }
        self.steps.iter().rev().map(String::as_str).collect::<Vec<_>>().join("/")
    }

    /// One sentence for the person who asked.
    pub fn message(&self) -> &str {
        &self.message
    }
}

/// The fault of a case whose kind no function answers.
pub fn unknown_kind(known: &[&str]) -> Fault {
    Fault::at("kind", format!("This engine answers the kinds: {}.", known.join(", ")))
}

/// Answers every case of `text`, in their order, as one line of JSON.
///
/// # Errors
///
/// A sentence, where `text` is not such an envelope at all. A faulty *case* is no error here: it
/// has its own `error` in the answer.
pub fn run(
    text: &str,
    answer: impl Fn(&str, &Value) -> Result<Value, Fault>,
) -> Result<String, String> {
    let told: Vec<Value> = cases_of(text)?
        .iter()
        .enumerate()
        .map(|(index, case)| {
            let mut told = Map::new();
            told.insert("id".to_owned(), case.get("id").cloned().unwrap_or(Value::Null));
            match answer_case(index, case, &answer) {
                Ok(result) => told.insert("result".to_owned(), result),
                Err(fault) => told.insert("error".to_owned(), error_of(&fault)),
            };
            Value::Object(told)
        })
        .collect();
    Ok(json!({ "cases": told }).to_string())
}

/// Lists each difference between what the cases of `text` expect and what they get.
///
/// `compare` lists the differences of one result, expected first; [`differences`] is the plain
/// choice. Of an error only the field is compared. A case that expects nothing is a difference:
/// a file that checks nothing must not pass.
///
/// # Errors
///
/// A sentence, where `text` is not an envelope of cases.
pub fn check(
    text: &str,
    answer: impl Fn(&str, &Value) -> Result<Value, Fault>,
    compare: impl Fn(&Value, &Value) -> Vec<String>,
) -> Result<Vec<String>, String> {
    let mut found = Vec::new();
    for (index, case) in cases_of(text)?.iter().enumerate() {
        let name = case.get("id").and_then(Value::as_str).unwrap_or("a case without id");
        let got = answer_case(index, case, &answer);
        let of_case = match case.get("expect") {
            Some(expect) => judge(expect, &got, &compare),
            None => vec!["says nothing of what it expects".to_owned()],
        };
        found.extend(of_case.into_iter().map(|difference| format!("{name}: {difference}")));
    }
    Ok(found)
}

fn judge(
    expect: &Value,
    got: &Result<Value, Fault>,
    compare: &impl Fn(&Value, &Value) -> Vec<String>,
) -> Vec<String> {
    match (expect.get("error"), got) {
        (None, Ok(result)) => compare(expect, result),
        (None, Err(fault)) => {
            vec![format!("expected an answer, got a fault of {}: {}", fault.field(), fault.message)]
        }
        (Some(error), Ok(result)) => vec![format!("expected {error}, got {result}")],
        (Some(error), Err(fault)) if error["field"] == fault.field() => Vec::new(),
        (Some(error), Err(fault)) => vec![format!(
            "expected a fault of {}, got one of {}: {}",
            error["field"],
            fault.field(),
            fault.message
        )],
    }
}

/// The cases of an envelope.
fn cases_of(text: &str) -> Result<Vec<Value>, String> {
    let value: Value =
        serde_json::from_str(text).map_err(|fault| format!("This is not JSON: {fault}."))?;
    let Value::Object(mut envelope) = value else {
        return Err("An object with a list of cases is expected.".to_owned());
    };
    let Some(Value::Array(cases)) = envelope.remove("cases") else {
        return Err("There is no list `cases`.".to_owned());
    };
    match envelope.keys().find(|key| !["version", "note"].contains(&key.as_str())) {
        Some(key) => Err(format!("There is no field `{key}` beside `cases`.")),
        None => Ok(cases),
    }
}

fn answer_case(
    index: usize,
    case: &Value,
    answer: &impl Fn(&str, &Value) -> Result<Value, Fault>,
) -> Result<Value, Fault> {
    let mut fields =
        Fields::of(case).map_err(|fault| fault.under(&index.to_string()).under("cases"))?;
    fields.need("id", |id| match id {
        Value::String(_) => Ok(()),
        _ => Err(Fault::here("An id is a text.")),
    })?;
    let kind = fields.need("kind", read::any_text)?;
    let input = fields.need("input", Ok)?;
    fields.pass("says");
    fields.pass("expect");
    fields.end()?;
    answer(kind, input)
}

fn error_of(fault: &Fault) -> Value {
    json!({ "field": fault.field(), "message": fault.message })
}

#[cfg(test)]
mod tests;
