//! Says what the reader makes of files: `cargo run -p x12 --example look -- FILE…`.

use std::fs;

use x12::remittance_835::Standing;
use x12::{Level, Set, SetKind};

fn main() {
    for path in std::env::args().skip(1) {
        match fs::read(&path) {
            Ok(bytes) => look(&path, &bytes),
            Err(error) => println!("{path}: cannot be opened: {error}"),
        }
    }
}

fn look(path: &str, bytes: &[u8]) {
    let file = match x12::read(bytes) {
        Ok(file) => file,
        Err(refused) => return println!("{path}: refused ({:?}): {refused}", refused.cause),
    };
    for interchange in &file.interchanges {
        for segment in &interchange.acknowledgments {
            let ta1 = x12::ta1::Ta1::read(segment);
            let words = ta1.words().unwrap_or("unknown reason");
            println!("{path}: TA1 of {}: {:?}, {words}", ta1.control, ta1.verdict);
        }
    }
    for finding in file.findings.iter().filter(|it| it.level > Level::Note) {
        println!("{path}: {}", finding.says);
    }
    for set in file.sets() {
        println!("{path}: set {}, {}: {}", set.control, x12::name_of(set), says(set));
    }
}

fn says(set: &Set<'_>) -> String {
    let said = match x12::kind_of(set) {
        SetKind::Remittance835 => x12::remittance_835::read(set).map(|it| {
            let claims = it.value.claims().count();
            let standing = match x12::remittance_835::standing(&it) {
                Standing::Posts => "posts".to_owned(),
                Standing::Held(reasons) => format!("held: {}", reasons.join(" | ")),
            };
            let amount = it.value.payment.amount;
            format!("{amount} for {claims} claims, {} aside, {standing}", it.rest.len())
        }),
        SetKind::Claim837p => x12::claim_837p::read(set).map(|it| {
            let claims = it.value.claims().count();
            format!("{claims} claims, {} aside, {}", it.rest.len(), listed(&it.findings))
        }),
        SetKind::Acknowledgment999 => x12::ack_999::read(set).map(|it| {
            let ack = &it.value;
            format!("{:?}, {} sets, {}", ack.verdict, ack.sets.len(), listed(&it.findings))
        }),
        SetKind::Acknowledgment277ca => x12::ack_277ca::read(set).map(|it| {
            let answers: Vec<_> = it.value.answers().iter().map(|(_, it)| *it).collect();
            format!("{answers:?}, {} aside, {}", it.rest.len(), listed(&it.findings))
        }),
        SetKind::Unsupported => return "not read".to_owned(),
    };
    said.unwrap_or_else(|refused| format!("refused: {refused}"))
}

fn listed(findings: &x12::Findings) -> String {
    let errors = findings.iter().filter(|it| it.level > Level::Note);
    let says: Vec<&str> = errors.map(|it| it.says.as_str()).take(6).collect();
    if says.is_empty() { "clean".to_owned() } else { says.join(" | ") }
}
