//! Where an expected answer and the one that came differ, each place with its path.

use serde_json::Value;

/// Lists where `got` differs from `expect`, as `path: expected …, got …`.
pub fn differences(expect: &Value, got: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk("", Some(expect), Some(got), &mut found);
    found
}

fn walk(path: &str, expect: Option<&Value>, got: Option<&Value>, found: &mut Vec<String>) {
    match (expect, got) {
        (Some(Value::Object(wanted)), Some(Value::Object(came))) => {
            let surplus = came.keys().filter(|key| !wanted.contains_key(*key));
            for key in wanted.keys().chain(surplus) {
                walk(&join(path, key), wanted.get(key), came.get(key), found);
            }
        }
        (Some(Value::Array(wanted)), Some(Value::Array(came))) => {
            for index in 0..wanted.len().max(came.len()) {
                walk(&join(path, &index.to_string()), wanted.get(index), came.get(index), found);
            }
        }
        (wanted, came) if wanted == came => {}
        (wanted, came) => {
            let place = if path.is_empty() { "the answer" } else { path };
            found.push(format!("{place}: expected {}, got {}", said(wanted), said(came)));
        }
    }
}

fn join(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}/{key}") }
}

fn said(value: Option<&Value>) -> String {
    value.map_or_else(|| "nothing".to_owned(), Value::to_string)
}
