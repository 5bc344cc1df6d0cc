//! Files that a reader can hold in mind, and words that say what a thing is.

use super::tree::{files, rust};

const LINES_MAX: usize = 600;
/// Code is held to 100 by the formatter; this is for what it leaves alone.
const COLUMNS_MAX: usize = 120;
/// Spelled so that this file does not break its own rule.
const LEFT_OPEN: &[&str] =
    &["TO\u{44}O", "FIX\u{4d}E", "XX\u{58}:", "HA\u{43}K", "todo\u{21}(", "dbg\u{21}("];
const EMPTY_WORDS: &[&str] = &["util", "helper", "common", "misc", "manager"];

/// What breaks the rules in one Rust file.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    if !text.starts_with("//!") {
        faults.push(format!("{path}: open it with `//!` and its one idea"));
    }
    if LINES_MAX < text.lines().count() {
        faults.push(format!("{path}: over {LINES_MAX} lines; split it by thing"));
    }
    for (at, line) in text.lines().enumerate() {
        // Text in quotes may run on: the formatter does not break it either.
        if COLUMNS_MAX < line.chars().count() && !line.contains('"') {
            faults.push(format!("{path}:{}: over {COLUMNS_MAX} columns", at + 1));
        }
        if let Some(mark) = LEFT_OPEN.iter().find(|mark| line.contains(*mark)) {
            faults.push(format!("{path}:{}: {mark}; do it, or say it in docs/limits.md", at + 1));
        }
    }
    let name = path.rsplit('/').next().unwrap_or(path);
    if EMPTY_WORDS.iter().any(|word| name.contains(word)) {
        faults.push(format!("{path}: its name says nothing; name it for what it holds"));
    }
    faults
}

#[test]
fn every_rust_file_is_tidy() {
    let all: Vec<String> = rust().iter().flat_map(|(path, text)| faults(path, text)).collect();
    assert_eq!(all, Vec::<String>::new());
}

#[test]
fn each_untidiness_is_found() {
    let long = format!("//! x\n{}", "let a = 1;\n".repeat(LINES_MAX));
    let wide = format!("//! x\n{}\n", "a".repeat(COLUMNS_MAX + 1));
    let open = format!("//! x\n// {}: later\n", LEFT_OPEN[0]);
    for (path, text) in [
        ("src/a.rs", "fn a() {}"),
        ("src/a.rs", long.as_str()),
        ("src/a.rs", wide.as_str()),
        ("src/a.rs", open.as_str()),
        ("src/utils.rs", "//! x"),
    ] {
        assert_eq!(faults(path, text).len(), 1, "{path}");
    }
}

/// What breaks the rules in the SQL of one file.
fn sql_faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim_start().to_lowercase();
        if line.starts_with("--") || line.starts_with("//") {
            continue;
        }
        if line.contains("select *") {
            faults.push(format!("{path}:{}: list the columns", at + 1));
        }
        // A function of ours may have such a name: `house.now()`, `fn now()`.
        let asks = |clock: &str| line.split(clock).count() - 1;
        let ours = asks(".now()") + asks("fn now()") + asks("::now()");
        let clocks =
            ["current_timestamp", "clock_timestamp", "statement_timestamp", "at time zone"];
        if ours < asks("now()") || clocks.iter().any(|clock| line.contains(clock)) {
            faults.push(format!("{path}:{}: pass the time in", at + 1));
        }
    }
    faults
}

#[test]
fn sql_names_its_columns_and_never_asks_the_database_what_time_it_is() {
    let mut all = files(&["migrations", "invariants"], ".sql");
    // Tests look at what they like.
    all.extend(files(&["rooms"], ".rs").into_iter().filter(|(path, _)| !path.contains("test")));
    let faults: Vec<String> = all.iter().flat_map(|(path, text)| sql_faults(path, text)).collect();

    assert_eq!(faults, Vec::<String>::new());
}

#[test]
fn sql_that_asks_the_time_or_takes_all_columns_is_found() {
    for sql in ["select * from a", "values (now())", "default current_timestamp"] {
        assert_eq!(sql_faults("a.sql", sql).len(), 1, "{sql}");
    }
    assert!(sql_faults("a.rs", "let now = house.now();").is_empty());
}
