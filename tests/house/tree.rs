//! The files of the repository, as the rules read them.

use std::fs;
use std::path::Path;

/// Where the repository is.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folders` that ends so, with its path from the root and its text.
pub fn files(folders: &[&str], ending: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in folders {
        walk(&root().join(folder), ending, &mut found);
    }
    found.sort();
    assert!(!found.is_empty(), "no {ending} below {folders:?}");
    found
}

fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            walk(&path, ending, found);
        } else if path.to_str().is_some_and(|path| path.ends_with(ending)) {
            let short = path.strip_prefix(root()).unwrap().display().to_string();
            found.push((short, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// All Rust that is ours.
pub fn rust() -> Vec<(String, String)> {
    files(&["src", "rooms", "crates", "tests"], ".rs")
}
