//! What stands for the `{…}` of a path: the ids that Elm Street really has, from its database, and
//! ids that nobody has.

use std::collections::BTreeMap;

use ground::testing::TestHouse;
use ids::{PracticeId, Uuid};
use sqlx::AssertSqlSafe;

/// What a placeholder names, and the query for its ids, the one that matters most first; `$1` is the
/// practice.
const NAMES: &[(&str, &str)] = &[
    ("agreement", "select agreement_id from terms.agreement where practice_id = $1"),
    ("answer", "select answer_id from billing.answer where practice_id = $1"),
    ("appointment", "select appointment_id from calendar.appointment where practice_id = $1"),
    ("charge", "select charge_id from billing.charge where practice_id = $1"),
    ("client", "select client_id from people.client where practice_id = $1 order by name desc"),
    ("clinician", "select clinician_id from people.clinician where practice_id = $1 order by name"),
    ("date", "select exception_id from hours.exception where practice_id = $1"),
    ("diagnosis", "select diagnosis_id from chart.diagnosis where practice_id = $1"),
    ("engagement", "select engagement_id from terms.engagement where practice_id = $1"),
    ("entry", "select entry_id from ledger.entry where practice_id = $1"),
    ("exception", "select exception_id from billing.exception where practice_id = $1"),
    ("file", "select file_id from billing.file where practice_id = $1"),
    (
        "id",
        "select s.id from people.sign_in s join people.client c on c.person_id = s.person_id
          where c.practice_id = $1 order by c.name desc",
    ),
    ("lead", "select lead_id from leads.lead order by practice_id = $1"),
    ("leave", "select leave_id from hours.leave where practice_id = $1"),
    ("offer", "select offer_id from offers.offer where practice_id = $1"),
    ("packet", "select packet_id from intake.packet where practice_id = $1"),
    ("payment", "select payment_id from ledger.payment where practice_id = $1"),
    ("person", "select person_id from people.role where practice_id = $1 order by role desc"),
    ("protected", "select protected_id from hours.protected where practice_id = $1"),
    ("remittance", "select remittance_id from billing.remittance where practice_id = $1"),
    ("right", "select id from terms.billing_right where practice_id = $1"),
    ("role", "select id from people.role where practice_id = $1 order by role desc"),
    ("session", "select session_id from session.session where practice_id = $1"),
    ("statement", "select statement_id from payouts.statement where practice_id = $1"),
    ("window", "select weekly_id from hours.weekly where practice_id = $1"),
];

/// What is no id: a word of a page, a number, or a secret that only its holder has.
const WORDS: &[(&str, &[&str])] = &[
    ("document", &["care"]),
    ("kind", &["session"]),
    ("line", &["1"]),
    ("name", &["look.css"]),
    ("question", &["name", "insurance"]),
    ("side", &["client"]),
    // Whoever holds the link is let in by it: here are two that nobody was sent.
    ("token", &["00112233445566778899aabbccddeeff", "no-token"]),
];

/// Ids of one kind that are looked up.
const MOST: usize = 2;

/// What a placeholder may stand for.
pub struct Places(BTreeMap<&'static str, Vec<String>>);

impl Places {
    /// All that Elm Street has.
    pub async fn of(house: &TestHouse, practice: PracticeId) -> Self {
        let mut superuser = house.superuser().await;
        let mut all: BTreeMap<&str, Vec<String>> = WORDS
            .iter()
            .map(|(name, words)| (*name, words.iter().map(|it| (*it).into()).collect()))
            .collect();
        for (name, sql) in NAMES {
            let sql = format!(
                "select id::text from ({sql}) t (id) where $1::uuid is not null limit {MOST}"
            );
            let found = sqlx::query_scalar(AssertSqlSafe(sql)).bind(practice.0);
            all.insert(name, found.fetch_all(&mut superuser).await.unwrap());
        }
        all.insert("practice", vec![practice.to_string()]);
        Self(all)
    }

    /// The path of a route with what Elm Street has first of each kind.
    ///
    /// # Panics
    /// As [`real`](Self::real).
    pub fn first(&self, path: &str) -> String {
        self.real(path).swap_remove(0)
    }

    /// The paths of a route, each placeholder filled in with what Elm Street has; with what nobody
    /// has where it has nothing of the kind.
    ///
    /// # Panics
    /// Where a placeholder is not known: say above what it names.
    pub fn real(&self, path: &str) -> Vec<String> {
        let most =
            holes(path).filter(|it| *it != "practice").map(|it| self.of_name(it).len()).max();
        (0..most.unwrap_or(1).max(1))
            .map(|at| {
                filled(path, |name| {
                    let all = self.of_name(name);
                    all.get(at.min(all.len().saturating_sub(1))).cloned().unwrap_or_else(nobodys)
                })
            })
            .collect()
    }

    /// The same path with ids that nobody has, in the practice named.
    pub fn nobodys(&self, path: &str, practice: PracticeId) -> String {
        filled(path, |name| match name {
            "practice" => practice.to_string(),
            name if WORDS.iter().any(|(word, _)| *word == name) => self.of_name(name)[0].clone(),
            _ => nobodys(),
        })
    }

    fn of_name(&self, name: &str) -> &[String] {
        self.0.get(name).unwrap_or_else(|| panic!("say in places.rs what {{{name}}} names"))
    }
}

fn nobodys() -> String {
    Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_dead_beef).to_string()
}

/// The names of the placeholders of a path.
pub fn holes(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

fn filled(path: &str, of: impl Fn(&str) -> String) -> String {
    let mut out = path.to_owned();
    for name in holes(path) {
        out = out.replacen(&format!("{{{name}}}"), &of(name), 1);
    }
    out
}
