//! Makes the vocabulary of acts from the charter's schema, and refuses to build a charter that is
//! not sound: what validates here is what the program embeds.

use std::fs;
use std::path::{Path, PathBuf};

use cedar_policy::{PolicySet, Schema, SchemaFragment, ValidationMode, Validator};

#[path = "build/vocabulary.rs"]
mod vocabulary;

/// The charter's parts that are embedded. `matrix.txt` is not: tests write it.
const EMBEDDED: [&str; 4] = ["schema.cedarschema", "promises", "work", "attempts"];

fn main() {
    let charter = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../charter"));
    for part in EMBEDDED {
        println!("cargo::rerun-if-changed={}", charter.join(part).display());
    }
    if let Err(fault) = make(charter) {
        println!("cargo::error={}", fault.replace('\n', " "));
    }
}

fn make(charter: &Path) -> Result<(), String> {
    #[expect(clippy::disallowed_methods, reason = "Cargo names the folder in no other way")]
    let out = std::env::var_os("OUT_DIR").ok_or("Cargo named no folder to write to")?;
    let out = PathBuf::from(out);
    let files = files_of(charter)?;

    check(charter, &files)?;
    let schema = read(charter, "schema.cedarschema")?;
    let (fragment, _) = SchemaFragment::from_cedarschema_str(&schema).map_err(said)?;
    let vocabulary = vocabulary::of(&fragment.to_json_value().map_err(said)?)?;

    fs::write(out.join("vocabulary.rs"), vocabulary).map_err(said)?;
    fs::write(out.join("charter.rs"), embedded(charter, &files)?).map_err(said)
}

/// All policies together must satisfy the schema, strictly and without a warning.
fn check(charter: &Path, files: &[String]) -> Result<(), String> {
    let text = read(charter, "schema.cedarschema")?;
    let (schema, _) = Schema::from_cedarschema_str(&text).map_err(said)?;
    let validator = Validator::new(schema);
    for file in files.iter().filter(|file| file.ends_with(".cedar")) {
        let at = |what: String| format!("charter/{file}: {what}");
        let set: PolicySet =
            read(charter, file)?.parse().map_err(|fault| at(format!("{fault}")))?;
        let verdict = validator.validate(&set, ValidationMode::Strict);
        if !verdict.validation_passed_without_warnings() {
            return Err(at(verdict.to_string()));
        }
    }
    Ok(())
}

/// Every file of the charter that is embedded, by its path inside `charter/`, in a fixed order.
fn files_of(charter: &Path) -> Result<Vec<String>, String> {
    let mut files = vec!["schema.cedarschema".to_owned()];
    for folder in &EMBEDDED[1..] {
        for entry in fs::read_dir(charter.join(folder)).map_err(said)? {
            let name = entry.map_err(said)?.file_name();
            let name = name.to_str().ok_or("a file name in charter/ is not UTF-8")?;
            files.push(format!("{folder}/{name}"));
        }
    }
    files.sort();
    Ok(files)
}

fn embedded(charter: &Path, files: &[String]) -> Result<String, String> {
    let mut rust = String::from(
        "/// Path inside `charter/`, and text.\npub(crate) const FILES: &[(&str, &str)] = &[\n",
    );
    for file in files {
        let path = charter.join(file).canonicalize().map_err(said)?;
        rust.push_str(&format!("    ({file:?}, include_str!({:?})),\n", path));
    }
    rust.push_str("];\n");
    Ok(rust)
}

fn read(charter: &Path, file: &str) -> Result<String, String> {
    fs::read_to_string(charter.join(file)).map_err(|fault| format!("charter/{file}: {fault}"))
}

fn said(fault: impl std::fmt::Display) -> String {
    fault.to_string()
}
