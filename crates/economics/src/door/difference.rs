//! What differs between an expected and a given value, and where.

use serde_json::Value;

/// Reals agree within this, times the size of the expected where that is above one.
const TOLERANCE: f64 = 1e-9;

/// Adds a line for each difference, `at` naming the place.
pub(super) fn between(expected: &Value, given: &Value, at: &str, lines: &mut Vec<String>) {
    match (expected, given) {
        (Value::Object(expected), Value::Object(given)) => {
            for (name, value) in expected {
                match given.get(name) {
                    Some(given) => between(value, given, &format!("{at}/{name}"), lines),
                    None => lines.push(format!("{at}/{name}: expected {value}, there is none")),
                }
            }
            for (name, value) in given.iter().filter(|(name, _)| !expected.contains_key(*name)) {
                lines.push(format!("{at}/{name}: not expected, there is {value}"));
            }
        }
        (Value::Array(expected), Value::Array(given)) if expected.len() == given.len() => {
            for (i, (expected, given)) in expected.iter().zip(given).enumerate() {
                between(expected, given, &format!("{at}/{i}"), lines);
            }
        }
        _ if agree(expected, given) => {}
        _ => lines.push(format!("{at}: expected {expected}, got {given}")),
    }
}

fn agree(expected: &Value, given: &Value) -> bool {
    if expected == given {
        return true;
    }
    match (expected.as_f64(), given.as_f64()) {
        (Some(real), Some(given)) if expected.is_f64() => {
            (real - given).abs() <= TOLERANCE * real.abs().max(1.0)
        }
        // 5000 and 5000.0 are one number; of two whole numbers this is never asked.
        (Some(whole), Some(real)) if given.is_f64() => whole == real,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn whole_numbers_differ_by_one_and_reals_by_more_than_their_tolerance() {
        let cases = [
            (json!(1_000_000), json!(1_000_001), false),
            (json!(1_000_000.0), json!(1_000_000.000_9), true),
            (json!(1_000_000.0), json!(1_000_000.002), false),
            (json!(0.0), json!(1e-10), true),
            (json!(5_000), json!(5_000.0), true),
            (json!(5_000), json!(5_000.000_001), false),
            (json!(null), json!(0), false),
            (json!([1, 2]), json!([1]), false),
            (json!({"a": 1}), json!({"a": 1, "b": null}), false),
            (json!({"a": 1, "b": null}), json!({"a": 1}), false),
        ];
        for (expected, given, is_same) in cases {
            let mut lines = Vec::new();
            between(&expected, &given, "case", &mut lines);

            assert_eq!(lines.is_empty(), is_same, "{expected} {given} {lines:?}");
        }
    }
}
