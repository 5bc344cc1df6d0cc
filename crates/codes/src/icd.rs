//! Diagnoses: the billable leaves of ICD-10-CM that a therapy practice meets, found by word or
//! code.
//!
//! The list is `icd10cm.txt`, from the release of 2026-04-01 (CDC/NCHS, public domain). A code is
//! good on the day of service: a parent that got children is billable until the day before.

use std::sync::OnceLock;

use jiff::civil::Date;

/// The release that the list was taken from.
pub const RELEASE: &str = "ICD-10-CM, release of April 1, 2026 (CDC/NCHS)";

/// One leaf.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Diagnosis {
    /// With its dot: `F41.1`.
    pub code: &'static str,
    /// As the classification calls it.
    pub title: &'static str,
    since: Option<Date>,
    until: Option<Date>,
}

impl Diagnosis {
    /// Whether a claim for service on that day may carry it.
    pub fn is_billable_on(&self, day: Date) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Without its dot, as a claim writes it.
    pub fn plain(&self) -> String {
        plain(self.code)
    }
}

/// What people say, and where it stands in the list: words, then beginnings of codes.
const ALSO: &[(&str, &[&str])] = &[
    ("adhd add attention", &["F90"]),
    ("adjustment", &["F43.2"]),
    ("alcohol drinking", &["F10"]),
    ("arfid avoidant restrictive", &["F50.82"]),
    ("asperger autism asd", &["F84.0", "F84.5"]),
    ("bdd", &["F45.22"]),
    ("binge", &["F50.81"]),
    ("bipolar manic mania", &["F31", "F34.0"]),
    ("borderline bpd", &["F60.3"]),
    ("burnout", &["Z73.0"]),
    ("cannabis marijuana weed", &["F12"]),
    ("couple marriage relationship", &["Z63.0"]),
    ("cutting nssi self-harm selfharm", &["R45.88", "Z91.52"]),
    ("cyclothymia", &["F34.0"]),
    ("depression depressed mdd", &["F32", "F33", "F34.1"]),
    ("dysthymia", &["F34.1"]),
    ("gad worry", &["F41.1"]),
    ("gender trans", &["F64"]),
    ("grief bereavement loss", &["F43.81", "Z63.4"]),
    ("hoarding", &["F42.3"]),
    ("hypochondria health", &["F45.2"]),
    ("insomnia sleep", &["F51", "G47.0"]),
    ("mci", &["G31.84"]),
    ("narcissistic npd", &["F60.81"]),
    ("ocd obsessive compulsive", &["F42"]),
    ("ocpd", &["F60.5"]),
    ("opioid opiate", &["F11"]),
    ("panic", &["F41.0", "F40.01"]),
    ("pmdd premenstrual", &["F32.81"]),
    ("postpartum perinatal", &["F53"]),
    ("ptsd trauma posttraumatic", &["F43.1", "F43.0"]),
    ("shy social", &["F40.1"]),
    ("skin-picking picking excoriation", &["F42.4"]),
    ("hair-pulling trichotillomania", &["F63.3"]),
    ("smoking tobacco nicotine", &["F17"]),
    ("suicidal suicide ideation", &["R45.851", "T14.91", "Z91.51"]),
    ("tic tourette", &["F95"]),
];

fn all() -> &'static [Diagnosis] {
    static ALL: OnceLock<Vec<Diagnosis>> = OnceLock::new();
    ALL.get_or_init(|| include_str!("icd10cm.txt").lines().filter_map(read).collect())
}

/// One line of the list; nothing where it is a remark.
fn read(line: &'static str) -> Option<Diagnosis> {
    if line.starts_with('#') {
        return None;
    }
    let mut parts = line.split('|');
    let date = |parts: &mut std::str::Split<'static, char>| {
        parts.next().and_then(|text| text.parse::<Date>().ok())
    };
    let (code, title) = (parts.next()?, parts.next()?);
    let since = date(&mut parts);
    Some(Diagnosis { code, title, since, until: date(&mut parts) })
}

/// The leaf of this code, with or without its dot, in any case.
pub fn diagnosis(typed: &str) -> Option<&'static Diagnosis> {
    let wanted = plain(typed);
    all().iter().find(|it| it.plain() == wanted)
}

/// Leaves that are billable on a day and fit what was typed: by the beginning of a code, or by
/// words of which each begins a word of the title or of what people say. Closest first, then by
/// code; at most `limit`.
pub fn search(typed: &str, on: Date, limit: usize) -> Vec<&'static Diagnosis> {
    let code = plain(typed);
    let words = words_of(typed);
    if code.is_empty() {
        return vec![];
    }
    let mut found: Vec<(Distance, &Diagnosis)> = (all().iter())
        .filter(|it| it.is_billable_on(on))
        .filter_map(|it| Some((distance(it, &code, &words)?, it)))
        .collect();
    found.sort_by_key(|(distance, it)| (*distance, it.code));
    found.into_iter().take(limit).map(|(_, it)| it).collect()
}

/// How far a leaf is from what was typed, closest first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Distance {
    /// It is that code.
    Code,
    /// Its code begins so.
    UnderCode,
    /// Its title begins so.
    Title,
    /// People mean it by a word that was typed; what they mean most stands first.
    Meant(usize),
    /// Its title mentions it, among so many words: what says little else stands first.
    Mentioned(usize),
}

/// How far a leaf is from what was typed; nothing where it does not fit.
fn distance(it: &Diagnosis, code: &str, words: &[String]) -> Option<Distance> {
    let plain = it.plain();
    if plain == code {
        return Some(Distance::Code);
    }
    if 2 <= code.len() && plain.starts_with(code) {
        return Some(Distance::UnderCode);
    }
    let title = words_of(it.title);
    let meant = meant_by(it);
    let in_title = |word: &String| title.iter().any(|it| it.starts_with(word));
    let as_said = |word: &String| meant.iter().any(|(said, _)| said.starts_with(word.as_str()));
    if words.is_empty() || !words.iter().all(|word| in_title(word) || as_said(word)) {
        return None;
    }
    if title.first().zip(words.first()).is_some_and(|(title, word)| title.starts_with(word)) {
        return Some(Distance::Title);
    }
    let exactly = meant.iter().filter(|(said, _)| words.iter().any(|word| word == said));
    let nearest = exactly.map(|(_, at)| Distance::Meant(*at)).min();
    Some(nearest.unwrap_or(Distance::Mentioned(title.len())))
}

/// What people say for a leaf, and how early it stands among what they mean by it.
fn meant_by(it: &Diagnosis) -> Vec<(&'static str, usize)> {
    let mut meant = Vec::new();
    for (said, codes) in ALSO {
        if let Some(at) = codes.iter().position(|begin| it.code.starts_with(begin)) {
            meant.extend(said.split(' ').map(|word| (word, at)));
        }
    }
    meant
}

fn plain(typed: &str) -> String {
    typed.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_uppercase()
}

/// Words in lower case; a hyphen joins.
fn words_of(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|sign: char| !sign.is_alphanumeric() && sign != '-')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_read_once() {
        let lines = include_str!("icd10cm.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(all().len(), lines.count());
        let mut codes: Vec<&str> = all().iter().map(|it| it.code).collect();
        assert!(codes.is_sorted());
        codes.dedup();
        assert_eq!(codes.len(), all().len());
    }

    #[test]
    fn what_is_billable_has_no_child_that_is_billable_on_the_same_day() {
        for parent in all() {
            for child in all().iter().filter(|it| it.code != parent.code) {
                if child.plain().starts_with(&parent.plain()) {
                    let ended = parent.until.expect("a parent is no leaf any more");
                    assert!(child.since.is_some_and(|since| ended < since), "{}", child.code);
                }
            }
        }
    }
}
