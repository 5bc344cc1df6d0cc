//! Embeds migrations and invariants, so that the program carries the schema that it works on.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[allow(clippy::disallowed_methods, reason = "cargo speaks to build scripts by the environment")]
fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let folder = root.join("../../migrations");
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo sets it"));

    let mut code = String::from("/// Versions, names and texts, oldest first.\n");
    code.push_str("pub const VERSIONED: &[(i64, &str, &str)] = &[\n");
    for file in sql_files(&folder) {
        let stem = file.file_stem().and_then(|stem| stem.to_str()).expect("a plain name");
        let (version, name) = stem.split_once('_').expect("YYYYMMDDHHMM_room_thing.sql");
        let version: i64 = version.parse().expect("a migration's name begins with a minute");
        writeln!(code, "    ({version}, {name:?}, include_str!({file:?})),").expect("a string");
    }
    code.push_str("];\n/// Functions, triggers and views, made anew each time.\n");
    code.push_str("pub const REPLACEABLE: &[(&str, &str)] = &[\n");
    for file in sql_files(&folder.join("replaceable")) {
        let name = file.file_name().and_then(|name| name.to_str()).expect("a plain name");
        writeln!(code, "    ({name:?}, include_str!({file:?})),").expect("a string");
    }
    code.push_str("];\n");
    fs::write(out.join("migrations.rs"), code).expect("OUT_DIR can be written");

    let invariants = root.join("../../invariants");
    let mut code =
        String::from("/// Names and queries.\npub const INVARIANTS: &[(&str, &str)] = &[\n");
    for file in sql_files(&invariants) {
        let name = file.file_stem().and_then(|stem| stem.to_str()).expect("a plain name");
        writeln!(code, "    ({name:?}, include_str!({file:?})),").expect("a string");
    }
    code.push_str("];\n");
    fs::write(out.join("invariants.rs"), code).expect("OUT_DIR can be written");

    println!("cargo::rerun-if-changed={}", invariants.display());
    println!("cargo::rerun-if-changed={}", folder.display());
    println!("cargo::rerun-if-changed={}", folder.join("replaceable").display());
}

fn sql_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| entry.path().canonicalize().ok())
        .filter(|path| path.extension().is_some_and(|extension| extension == "sql"))
        .collect();
    files.sort();
    files
}
