//! A document of cases, also where one of them is no JSON: the others are still answered.
//!
//! A number that no double holds (`1e999`), or a word that JSON does not have (`NaN`), makes the
//! whole document unreadable for a parser. So the list is then cut into its elements, by quotes
//! and brackets alone, and each is read by itself.

use serde_json::{Map, Value};

use crate::fields::LIST_LIMIT;
use crate::{Code, Error};

/// A case as it was read, or what can be said of one that could not be.
pub(super) type Case = Result<Value, Box<Unreadable>>;

/// A case that is no JSON.
#[derive(Debug)]
pub(super) struct Unreadable {
    /// As far as it could be found.
    pub(super) id: Value,
    pub(super) error: Error,
}

/// The cases of a document.
pub(super) fn cases(json: &str) -> Result<Vec<Case>, String> {
    let cases: Vec<Case> = match serde_json::from_str(json) {
        Ok(document) => list(document)?.into_iter().map(Ok).collect(),
        Err(error) => {
            let not_json = || format!("this is not JSON: {error}");
            let (before, elements, after) = cut(json).ok_or_else(not_json)?;
            let rest = serde_json::from_str(&format!("{before}{after}"));
            list(rest.map_err(|_| not_json())?)?;
            elements.into_iter().map(case).collect()
        }
    };
    if LIST_LIMIT < cases.len() {
        return Err(format!("there are more than {LIST_LIMIT} cases"));
    }
    Ok(cases)
}

fn list(document: Value) -> Result<Vec<Value>, String> {
    let shape = || "this is not an object with a list named \"cases\"".to_owned();
    let Value::Object(mut map) = document else { return Err(shape()) };
    let Some(Value::Array(cases)) = map.remove("cases") else { return Err(shape()) };
    let unknown = |map: &Map<String, Value>| {
        map.keys().find(|name| !["version", "note"].contains(&name.as_str())).cloned()
    };
    match unknown(&map) {
        Some(name) => Err(format!("\"{name}\" is unknown beside \"cases\"")),
        None => Ok(cases),
    }
}

fn case(text: &str) -> Case {
    serde_json::from_str(text).map_err(|error| {
        let message = format!("this case is not JSON: {error}");
        Box::new(Unreadable { id: id_of(text), error: Error::new(Code::Range, "case", message) })
    })
}

/// What follows the first `"id":` of a case, when it is a value.
fn id_of(text: &str) -> Value {
    let after_name = text.split_once("\"id\"").map(|(_, rest)| rest.trim_start());
    let value = after_name.and_then(|rest| rest.strip_prefix(':'));
    let mut values = serde_json::Deserializer::from_str(value.unwrap_or_default()).into_iter();
    values.next().and_then(Result::ok).filter(super::is_kept).unwrap_or(Value::Null)
}

/// The text up to the list of cases, its elements, and the text from its end on; none where
/// quotes and brackets do not pair.
fn cut(json: &str) -> Option<(&str, Vec<&str>, &str)> {
    let mut scan = Scan::default();
    let mut elements = Vec::new();
    let mut first = None;
    let mut from = 0;
    for (at, byte) in json.bytes().enumerate() {
        let depth = scan.depth;
        let is_mark = scan.pass(json, at, byte)?;
        match first {
            None if is_mark && byte == b'[' && depth == 1 && scan.is_of_cases => {
                first = Some(at + 1);
                from = at + 1;
            }
            Some(start) if is_mark && depth == 2 && (byte == b',' || byte == b']') => {
                elements.push(json.get(from..at)?);
                from = at + 1;
                if byte == b']' {
                    if elements.len() == 1 && elements[0].trim().is_empty() {
                        elements.clear();
                    }
                    return Some((json.get(..start)?, elements, json.get(at..)?));
                }
            }
            _ => {}
        }
    }
    None
}

/// Where one is between quotes and brackets.
#[derive(Default)]
struct Scan {
    depth: usize,
    quote: Option<usize>,
    is_escaped: bool,
    /// The last text that was quoted.
    said: (usize, usize),
    /// True between the name `cases` and the end of its value.
    is_of_cases: bool,
}

impl Scan {
    /// Passes a byte; true for one outside of quotes, none where a bracket closes nothing.
    fn pass(&mut self, json: &str, at: usize, byte: u8) -> Option<bool> {
        if let Some(start) = self.quote {
            match byte {
                _ if self.is_escaped => self.is_escaped = false,
                b'\\' => self.is_escaped = true,
                b'"' => {
                    self.said = (start, at);
                    self.quote = None;
                }
                _ => {}
            }
            return Some(false);
        }
        match byte {
            b'"' => self.quote = Some(at + 1),
            b'[' | b'{' => self.depth += 1,
            b']' | b'}' => self.depth = self.depth.checked_sub(1)?,
            b':' if self.depth == 1 => {
                self.is_of_cases = json.get(self.said.0..self.said.1) == Some("cases");
            }
            b',' if self.depth == 1 => self.is_of_cases = false,
            _ => {}
        }
        Some(byte != b'"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_cut_by_quotes_and_brackets() {
        let table: [(&str, &[&str]); 6] = [
            (r#"{"cases":[]}"#, &[]),
            (r#"{"cases":[1, NaN]}"#, &["1", " NaN"]),
            (r#"{"note":"cases:[","cases":[{"a":[1,2]},"],"]}"#, &[r#"{"a":[1,2]}"#, r#""],""#]),
            (r#"{"version":[3],"cases":["\"]",{}],"note":""}"#, &[r#""\"]""#, "{}"]),
            (r#"{"cases":[{"cases":[1,2]}]}"#, &[r#"{"cases":[1,2]}"#]),
            (r#"{"cases":[,]}"#, &["", ""]),
        ];
        for (text, expected) in table {
            let (_, elements, after) = cut(text).unwrap();

            assert_eq!(elements, expected, "{text}");
            assert!(after.starts_with(']'), "{text}");
        }
        for text in ["", "[]", r#"{"cases":1}"#, r#"{"cases":[{]}"#, r#"{"cases":["#, "}{"] {
            assert!(cut(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_name_of_an_unreadable_case_is_found_where_it_has_one() {
        let table = [
            (r#"{"id": "x", "n": 1e999}"#, Value::from("x")),
            (r#"{"n": NaN, "id" :7}"#, Value::from(7)),
            (r#"{"n": NaN}"#, Value::Null),
            (r#"{"id": NaN}"#, Value::Null),
        ];
        for (text, id) in table {
            assert_eq!(case(text).unwrap_err().id, id, "{text}");
        }
    }
}
