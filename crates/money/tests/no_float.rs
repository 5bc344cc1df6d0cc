//! No float at any door: the code that keeps money does not name one, and what is read and written
//! as money is a whole number.

#![expect(clippy::unwrap_used, reason = "a test that fails should say where")]

use std::path::{Path, PathBuf};

use money::{BasisPoints, Cents};

/// Where money is kept, moved and read from forms and files.
const KEEPS_MONEY: [&str; 7] = [
    "crates/money",
    "crates/bookkeeping",
    "crates/x12",
    "rooms/terms",
    "rooms/ledger",
    "rooms/billing",
    "rooms/payouts",
];

/// The lines of a Rust text that name a float, or write one.
fn floats(text: &str) -> Vec<usize> {
    let is_word = |sign: char| sign.is_alphanumeric() || sign == '_';
    let names_one = |line: &str| {
        line.split(|sign: char| !is_word(sign) && sign != '.').any(|word| {
            word.split('.').any(|part| ["f32", "f64"].contains(&part) || ends_in_a_float(part))
                || is_decimal(word)
        })
    };
    let code = code_of(text);
    code.lines().enumerate().filter(|(_, line)| names_one(line)).map(|(at, _)| at + 1).collect()
}

fn ends_in_a_float(word: &str) -> bool {
    word.starts_with(|sign: char| sign.is_ascii_digit())
        && (word.ends_with("f32") || word.ends_with("f64"))
}

fn is_decimal(word: &str) -> bool {
    word.split_once('.').is_some_and(|(whole, decimals)| {
        let are_digits = |part: &str| {
            !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit() || byte == b'_')
        };
        are_digits(whole) && are_digits(decimals)
    })
}

/// A Rust text without its comments and what stands in quotes, line for line.
fn code_of(text: &str) -> String {
    let mut code = String::new();
    let mut is_quoted = false;
    for line in text.replace("'\"'", "' '").lines() {
        let mut signs = line.chars().peekable();
        while let Some(sign) = signs.next() {
            match sign {
                '\\' if is_quoted => drop(signs.next()),
                '"' => is_quoted = !is_quoted,
                '/' if !is_quoted && signs.peek() == Some(&'/') => break,
                _ if is_quoted => {}
                _ => code.push(sign),
            }
        }
        code.push('\n');
    }
    assert!(!is_quoted, "a text that does not end hides what comes after it: {text}");
    code
}

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && path.file_name().is_some_and(|it| it != "tests") {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|it| it == "rs") {
            found.push(path);
        }
    }
}

#[test]
fn the_code_that_keeps_money_names_no_float() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (mut files, mut found) = (Vec::new(), Vec::new());
    for place in KEEPS_MONEY {
        rust_files(&root.join(place).join("src"), &mut files);
    }

    for file in &files {
        let lines = floats(&std::fs::read_to_string(file).unwrap());
        found.extend(lines.into_iter().map(|line| format!("{}:{line}", file.display())));
    }

    assert!(50 < files.len(), "{files:?}");
    assert_eq!(found, Vec::<String>::new(), "keep whole cents");
}

#[test]
fn each_way_to_write_a_float_is_found() {
    for line in [
        "let cents: f64 = x;",
        "fn share(of: Option<f32>)",
        "x as f64",
        "let half = 0.5;",
        "let many = 1_000.25;",
        "let one = 1f64;",
        "f64::from(cents)",
        "i64::from_f64(x.f64)",
    ] {
        assert_eq!(floats(line), [1], "{line}");
    }
    for line in [
        "let pair = it.0;",
        "// 0.5 of it",
        "say(\"1.50 and f64\")",
        "say(\"one \\\"0.5\\\" and\n 0.5 more\")",
        "it.1.cmp(&x.1)",
    ] {
        assert_eq!(floats(line), Vec::<usize>::new(), "{line}");
    }
}

#[test]
fn every_type_of_money_is_a_whole_number_where_it_is_read_and_written() {
    for text in ["1.5", "1.0", "1e2", "-0.0", "\"1\"", "NaN", "null", "true", "[1]"] {
        assert!(serde_json::from_str::<Cents>(text).is_err(), "{text}");
        assert!(serde_json::from_str::<BasisPoints>(text).is_err(), "{text}");
    }
    for whole in [i64::MIN, -1, 0, 1, 9_007_199_254_740_993, i64::MAX] {
        let text = serde_json::to_string(&Cents(whole)).unwrap();
        assert_eq!(text, whole.to_string());
        assert_eq!(serde_json::from_str::<Cents>(&text).unwrap(), Cents(whole));
    }
    // What passed through a float somewhere has lost its last cent there, and is refused here.
    let through_a_float = serde_json::json!(9_007_199_254_740_993_i64 as f64);
    assert!(serde_json::from_value::<Cents>(through_a_float).is_err());
}
