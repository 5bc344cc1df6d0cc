//! The charter's proofs: every attempt holds, every promise is needed and whole, everything that
//! goes wrong is a refusal, and what all of it amounts to is a table that people read.

mod faults;
mod generated;
mod matrix;
mod mutants;
mod promises;
mod store;
mod vocabulary;

use crate::reading::FILES;

/// The charter's files, with some of them left out or put in another's place.
fn files_but(
    changes: &[(&'static str, Option<&'static str>)],
) -> Vec<(&'static str, &'static str)> {
    let kept = FILES.iter().copied();
    let kept = kept.filter(|(file, _)| !changes.iter().any(|(changed, _)| changed == file));
    let put = changes.iter().filter_map(|(file, text)| text.map(|text| (*file, text)));
    kept.chain(put).collect()
}
