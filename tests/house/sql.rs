//! All SQL of the house, statement by statement, as the rules about it read it.

use super::tree::files;

/// A text and where it stands.
pub type Text = (String, String);

/// Every statement of SQL: those of migrations and invariants, and the strings of the rooms that
/// begin as a statement does. Tests look at what they like.
pub fn sql() -> Vec<Text> {
    let mut all = Vec::new();
    for (path, text) in files(&["migrations", "invariants"], ".sql") {
        let plain = without_comments(&text, "--");
        let statements = plain.split(';').map(|it| it.trim().to_lowercase());
        // What a comment says of a table is no name in it.
        let acting = statements.filter(|it| !it.starts_with("comment on"));
        all.extend(acting.map(|it| (path.clone(), it)));
    }
    for (path, text) in files(&["rooms", "src"], ".rs") {
        if path.contains("/tests/") || path.ends_with("/tests.rs") {
            continue;
        }
        let said = strings(&text).into_iter().map(|it| it.to_lowercase());
        all.extend(said.filter(|it| is_statement(it)).map(|it| (path.clone(), it)));
    }
    all
}

fn is_statement(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    ["select", "insert", "update", "delete", "with", "merge"].contains(&first)
}

/// The text without what stands behind `mark` on a line.
pub fn without_comments(text: &str, mark: &str) -> String {
    let lines = text.lines().map(|line| line.split(mark).next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// The text in quotes, of Rust: plain or raw, and nothing that a comment quotes.
fn strings(rust: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = rust;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, from) = rest.split_at(at);
        rest = &from[1..];
        if from.starts_with("//") {
            rest = from.split_once('\n').map_or("", |(_, next)| next);
        } else if from.starts_with("'\"'") || from.starts_with("'\\") {
            rest = &from[3..];
        } else if from.starts_with('"') {
            let hashes = before.len() - before.trim_end_matches('#').len();
            let is_raw = before.trim_end_matches('#').ends_with('r');
            let end = if is_raw { raw_end(rest, hashes) } else { plain_end(rest) };
            found.push(rest[..end].to_owned());
            rest = rest.get(end + 1..).unwrap_or_default();
        }
    }
    found
}

fn raw_end(text: &str, hashes: usize) -> usize {
    text.find(&format!("\"{}", "#".repeat(hashes))).unwrap_or(text.len())
}

fn plain_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, letter) in text.char_indices() {
        match letter {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

#[test]
fn sql_is_found_in_rust() {
    let rust = r####"
        // "select in a comment"
        let quote = '"';
        let plain = "select a \"b\"
            from c";
        let raw = r#"with "x" as (select 1)"#;
        let words = "nothing to select";
    "####;
    let found: Vec<String> = strings(rust).into_iter().filter(|it| is_statement(it)).collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].ends_with("from c") && found[1].ends_with("1)"), "{found:?}");
    assert!(sql().iter().any(|(path, _)| path == "rooms/people/src/queries.rs"));
}
