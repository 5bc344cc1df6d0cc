//! What nobody types and somebody sends.

use super::judge::SCRIPT;

/// Values of a field that no form of ours would send.
pub const VALUES: &[&str] = &[
    "",
    "\0",
    "a\0b@example.com",
    "\u{202e}moc.elpmaxe@mas\u{202c}",
    "\u{feff}\u{200b}\u{200d}",
    "\u{1}\u{7f}\u{85}",
    "a\r\nBcc: everybody@example.com",
    "'; drop table people.person; --",
    SCRIPT,
    "-1",
    "99999999999999999999999999",
    "1e308",
    "NaN",
    "%00%ff",
    "{{7*7}}${7*7}",
    "00000000-0000-0000-0000-000000000000",
    "9999-12-31",
    "-009999-01-01",
    "9999-12-30T22:00:00.999999999Z",
    "-009999-01-02T01:59:59Z",
    "👩‍👩‍👧‍👦é́́́́́́",
];

/// A value longer than any field takes.
pub fn huge() -> String {
    "é".repeat(11_000)
}

/// The names of the fields of all forms, as far as they are told apart.
const NAMES: &[&str] = &[
    "address",
    "agree",
    "amendment",
    "at",
    "begins",
    "born_day",
    "born_month",
    "born_year",
    "cents",
    "channel",
    "city",
    "client",
    "clinician",
    "code",
    "cpt",
    "date",
    "days",
    "email",
    "ends",
    "file",
    "find",
    "from",
    "kind",
    "member_id",
    "month",
    "name",
    "notice",
    "on_day",
    "on_month",
    "on_year",
    "once",
    "outcome",
    "password",
    "payer",
    "person",
    "phone",
    "place",
    "practice",
    "reference",
    "role",
    "signs_as",
    "since",
    "subjective",
    "tab",
    "then",
    "to",
    "type",
    "version",
    "way",
    "weekday",
    "why",
    "with",
    "words",
    "zip",
];

/// A form of every name, each with something odd, and some of them twice.
pub fn everything() -> Vec<(String, String)> {
    let values = VALUES.iter().map(|it| (*it).to_owned()).chain(["é".repeat(600)]).cycle();
    let twice = NAMES.iter().chain(NAMES.iter().step_by(7));
    twice.zip(values.skip(1)).map(|(name, value)| ((*name).to_owned(), value)).collect()
}
