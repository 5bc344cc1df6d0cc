//! Promises that are kept because something is not there: no act that assigns, nothing that counts
//! declines, no clause that asks for volume, no order of clinicians by what they bring in.
//!
//! What is looked at: the acts of the charter, the tables, all SQL that rooms and invariants send,
//! what clauses can say, and what fit can weigh.

use std::collections::BTreeSet;

use ground::policy::{Act, Charter, KeptBy};

use super::sql::{Text, sql, without_comments};
use super::tree::{files, root, rust};

// --- Names ---------------------------------------------------------------------------------------

/// The names in a text: `offers.offer` is two.
fn names(text: &str) -> BTreeSet<String> {
    let names = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    names.filter(|name| !name.is_empty()).map(str::to_lowercase).collect()
}

/// Whether one of the parts of `name` is one of `words`: `last_rank` has `rank`, `frankly` has not.
fn has_part(name: &str, words: &[&str]) -> bool {
    name.split('_').any(|part| words.contains(&part))
}

// --- OF-07 ---------------------------------------------------------------------------------------

const ASSIGNS: &[&str] =
    &["assign", "assigns", "assigned", "assignee", "assignment", "allocate", "allocated"];
/// All that can be done about an offer, in the order of the alphabet.
const OFFER_ACTS: &[&str] = &["answer_offer", "make_offer", "see_offer", "withdraw_offer"];

fn assigning(acts: &[&str], sql: &[Text]) -> Vec<String> {
    let mut faults = Vec::new();
    for act in acts {
        if has_part(act, ASSIGNS) {
            faults.push(format!("act {act}: OF-07, a clinician is asked, and answers"));
        }
        if act.contains("offer") && !OFFER_ACTS.contains(act) {
            faults.push(format!("act {act}: OF-07, could it put somebody's yes in their place?"));
        }
    }
    for (path, statement) in sql {
        for name in names(statement).iter().filter(|name| has_part(name, ASSIGNS)) {
            faults.push(format!("{path}: {name}: OF-07, a clinician is asked, and answers"));
        }
    }
    faults
}

// --- OF-09 ---------------------------------------------------------------------------------------

const COUNTS: &[&str] = &["count(", "sum(", "avg(", "order by", "group by", "over ("];
/// What a column of declines would be called, beside `declines`.
const OF_DECLINES: &[&str] = &["count", "counts", "rate", "times", "total", "score", "ratio"];
/// How the names begin that fit may not know.
const NOT_FOR_FIT: &[&str] = &["declin", "revenue", "conversion", "caseload", "earn"];

/// SQL that counts offers whatever was answered, counts declines, or looks at them elsewhere than
/// where offers are answered.
fn counting_declines(sql: &[Text]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, statement) in sql.iter().filter(|(_, it)| it.contains("from offers.offer ")) {
        let of_a_state = ["'open'", "'accepted'"].iter().any(|state| statement.contains(state));
        if !of_a_state && ["count(", "group by"].iter().any(|how| statement.contains(how)) {
            faults.push(format!("{path}: OF-09, say which offers are counted: open or accepted"));
        }
    }
    for (path, statement) in sql.iter().filter(|(_, statement)| statement.contains("declin")) {
        if !path.contains("offers") {
            faults.push(format!("{path}: OF-09, only offers know what was declined"));
        }
        let is_definition = statement.trim_start().starts_with("create table");
        if !is_definition && let Some(how) = COUNTS.iter().find(|how| statement.contains(*how)) {
            faults.push(format!("{path}: OF-09, {how} where something is declined"));
        }
        for name in names(statement) {
            let counts = has_part(&name, &["declines"]) || has_part(&name, OF_DECLINES);
            if name.contains("declin") && counts {
                faults.push(format!("{path}: {name}: OF-09, nobody counts what was declined"));
            }
        }
    }
    faults
}

/// What fit's code names and may not know.
fn known_to_fit(code: &[Text]) -> Vec<String> {
    let mut faults = Vec::new();
    for (path, text) in code.iter().filter(|(path, _)| !path.contains("/tests")) {
        for name in names(&without_comments(text, "//")) {
            let starts = |word: &&str| name.split('_').any(|part| part.starts_with(*word));
            if NOT_FOR_FIT.iter().any(starts) {
                faults.push(format!("{path}: {name}: OF-09, fit knows the request and who fits"));
            }
        }
    }
    faults
}

// --- OF-10 ---------------------------------------------------------------------------------------

/// What an engagement can say; whoever adds to it asks whether it pays for volume.
const ENGAGEMENT: &str = "admin_hour card_fees late_cancel no_show operator_prices pay pay_cap \
    pay_minimum recoupments refunds supervision_hour works_as";
/// How sessions can be paid.
const PAY: &str = "Rate Salary ShareOfAllowed ShareOfCollected";
const VOLUME: &[&str] = &["quota", "quotas", "bonus", "bonuses", "productivity", "accelerator"];
const COUNTED: &[&str] =
    &["clients", "sessions", "visits", "appointments", "caseload", "offers", "hours"];
const REQUIRED: &[&str] = &["least", "minimum", "required", "target", "floor", "goal"];

/// Whether a name asks for a number of something: `caseload_minimum`, `clients_min`, `bonus`.
/// (`session_min` is minutes of one session.)
fn asks_for_volume(name: &str) -> bool {
    let counted = has_part(name, COUNTED);
    let at_least = has_part(name, REQUIRED) || name.ends_with("s_min") || name == "caseload_min";
    has_part(name, VOLUME) || (counted && at_least)
}

/// The words after `start` at the beginning of a line, up to the end of its braces, that stand
/// first on a line of their own depth: the fields of a struct, the variants of an enum.
fn members(rust: &str, start: &str) -> String {
    let body = rust.split_once(start).map_or("", |(_, rest)| rest);
    let body = body.split("\n}").next().unwrap_or_default();
    let of = |line: &str| {
        let own = line.strip_prefix("    ").filter(|line| !line.starts_with([' ', '/', '#', '}']));
        own.map(|line| line.trim_start_matches("pub ").to_owned())
    };
    let first = |line: String| line.split([':', ' ', ',', '(']).next().map(str::to_owned);
    let members: BTreeSet<String> = body.lines().filter_map(of).filter_map(first).collect();
    members.into_iter().collect::<Vec<_>>().join(" ")
}

/// Clauses that are not on the closed list, pay in tiers, and names that ask for volume.
fn asking_for_volume(clauses: &[Text], sql: &[Text]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut lists = BTreeSet::new();
    for (path, text) in clauses {
        for (start, list) in [("pub struct Engagement {", ENGAGEMENT), ("pub enum Pay {", PAY)] {
            if text.contains(start) {
                lists.insert(start);
                let members = members(text, start);
                if members != list {
                    faults.push(format!("{path}: OF-10, {start} {members}; known are {list}"));
                }
            }
        }
        let code = names(&without_comments(text, "//"));
        if text.contains("pub struct Engagement {") && code.contains("tiers") {
            faults.push(format!("{path}: OF-10, pay has no tiers"));
        }
        let asks = code.iter().filter(|name| asks_for_volume(name));
        faults.extend(asks.map(|name| format!("{path}: {name}: OF-10, no clause asks for volume")));
    }
    if lists.len() < 2 {
        faults.push("OF-10: where are the clauses of an engagement?".to_owned());
    }
    for (path, statement) in sql {
        for name in names(statement).iter().filter(|name| asks_for_volume(name)) {
            faults.push(format!("{path}: {name}: OF-10, nobody owes a number of clients"));
        }
    }
    faults
}

// --- OF-11 ---------------------------------------------------------------------------------------

const RANKS: &[&str] = &["rank(", "ntile(", "percent_rank(", "cume_dist("];
const RANKING: &[&str] = &["ranking", "rankings", "leaderboard", "league", "percentile", "compare"];
/// Diagnoses have a rank on a claim; elsewhere these words would be about people.
const RANK: &[&str] = &["rank", "ranks", "ranked"];
const OF_DIAGNOSES: &[&str] = &["chart", "billing"];
const SUMS: &[&str] = &["count(", "sum(", "avg("];

/// Orders of clinicians by a count or a sum, and names that speak of one.
fn ranking(acts: &[&str], sql: &[Text]) -> Vec<String> {
    let of_acts = acts.iter().filter(|act| has_part(act, RANKING) || has_part(act, RANK));
    let mut faults: Vec<String> =
        of_acts.map(|act| format!("act {act}: OF-11, nobody ranks clinicians")).collect();
    for (path, statement) in sql {
        let is_of_people = !OF_DIAGNOSES.iter().any(|room| path.contains(room));
        for name in names(statement) {
            // The functions of PostgreSQL are judged where they stand, below.
            let is_function = statement.contains(&format!("{name}("));
            let ranks = is_of_people && !is_function && has_part(&name, RANK);
            if ranks || has_part(&name, RANKING) {
                faults.push(format!("{path}: {name}: OF-11, nobody ranks clinicians"));
            }
        }
        if statement.contains("clinician") && orders_by_a_sum(statement) {
            faults.push(format!("{path}: OF-11, clinicians are listed by name, or as they fit"));
        }
    }
    faults
}

/// Whether a statement ranks, or orders its groups by what they come to.
fn orders_by_a_sum(statement: &str) -> bool {
    if RANKS.iter().any(|rank| statement.contains(rank)) {
        return true;
    }
    if !groups_clinicians(statement) {
        return false;
    }
    let sums: Vec<&str> = aliases(statement);
    statement.split("order by").skip(1).any(|rest| {
        let order = up_to(rest, &["limit", "offset", ")"]);
        let by_place = order.split([' ', ',', '\n']).any(|it| it.parse::<u8>().is_ok());
        let by_name = names(order).iter().any(|name| sums.contains(&name.as_str()));
        SUMS.iter().any(|sum| order.contains(sum)) || by_name || by_place
    })
}

/// The text before the first of `ends`.
fn up_to<'a>(text: &'a str, ends: &[&str]) -> &'a str {
    let end = ends.iter().filter_map(|it| text.find(it)).min();
    &text[..end.unwrap_or(text.len())]
}

/// Whether a statement has one row for each clinician: by id, by name, or by a place in the list.
fn groups_clinicians(statement: &str) -> bool {
    statement.split("group by").skip(1).any(|rest| {
        let by = up_to(rest, &["order by", "having", "limit", ")"]);
        by.contains("clinician") || by.contains("name") || by.contains(|it: char| it.is_numeric())
    })
}

/// What a statement calls its counts and sums: `sum(p.cents) as earned`.
fn aliases(statement: &str) -> Vec<&str> {
    let words: Vec<&str> = statement.split_whitespace().collect();
    let mut sums = false;
    let mut named = Vec::new();
    for pair in words.windows(2) {
        sums |= SUMS.iter().any(|sum| pair[0].contains(sum));
        if sums && pair[0] == "as" {
            named.push(pair[1].trim_end_matches([',', ')']));
        }
        if pair[0].ends_with(',') || pair[0] == "from" {
            sums = false;
        }
    }
    named
}

// --- Proofs --------------------------------------------------------------------------------------

fn clauses() -> Vec<Text> {
    let mut clauses = files(&["crates/economics/src/clauses"], ".rs");
    let path = "crates/economics/src/clauses.rs";
    clauses.push((path.to_owned(), std::fs::read_to_string(root().join(path)).unwrap()));
    clauses
}

#[test]
fn nobody_can_give_a_client_to_a_clinician() {
    assert_eq!(assigning(Act::NAMES, &sql()), Vec::<String>::new());
}

#[test]
fn nothing_counts_what_a_clinician_declined() {
    assert_eq!(counting_declines(&sql()), Vec::<String>::new());
    assert_eq!(known_to_fit(&files(&["crates/matching/src"], ".rs")), Vec::<String>::new());
}

#[test]
fn no_clause_asks_for_volume_or_pays_more_for_it() {
    assert_eq!(asking_for_volume(&clauses(), &sql()), Vec::<String>::new());
}

#[test]
fn nothing_orders_clinicians_by_volume_or_revenue() {
    assert_eq!(ranking(Act::NAMES, &sql()), Vec::<String>::new());
}

/// A promise that no policy keeps names a test; it must be there.
#[test]
fn every_proof_that_a_promise_names_is_a_test() {
    let charter = Charter::load().unwrap();
    let code = rust();
    for promise in charter.promises() {
        let (KeptBy::Constraint { proof } | KeptBy::Absence { proof }) = &promise.kept_by else {
            continue;
        };
        let is_test = |text: &str| {
            let head = text.split_once(&format!("fn {proof}(")).map(|(before, _)| before);
            head.is_some_and(|it| it.trim_end().trim_end_matches("async").trim_end().ends_with(']'))
        };
        assert!(code.iter().any(|(_, text)| is_test(text)), "{}: where is {proof}?", promise.id);
    }
}

// --- Faults that must be found -------------------------------------------------------------------

fn statement(path: &str, text: &str) -> Vec<Text> {
    vec![(path.to_owned(), text.to_owned())]
}

#[test]
fn an_act_or_a_table_that_assigns_is_found() {
    for act in ["assign_client", "accept_offer_for", "force_offer"] {
        assert!(!assigning(&[act], &[]).is_empty(), "{act}");
    }
    for sql in ["create table leads.assignment ()", "update leads.lead set assigned_to = $1"] {
        assert!(!assigning(&[], &statement("rooms/leads/src/queries.rs", sql)).is_empty(), "{sql}");
    }
    let fine = statement("a.rs", "insert into offers.treating (practice_id) values ($1)");
    assert!(assigning(&["answer_offer", "sign_agreement"], &fine).is_empty());
}

#[test]
fn a_count_of_declines_is_found() {
    for (path, sql) in [
        ("rooms/offers/a.rs", "select count(*) from offers.offer o where o.state = 'declined'"),
        ("rooms/offers/a.rs", "select count(*) from offers.offer o where o.state = $1"),
        ("rooms/offers/a.rs", "select o.id from offers.offer o order by o.state = 'declined'"),
        ("migrations/1_offers.sql", "create table offers.tally (declines integer)"),
        ("migrations/1_offers.sql", "alter table offers.tally add decline_rate integer"),
        ("rooms/fit/a.rs", "select o.id from offers.offer o where o.state = 'declined'"),
    ] {
        assert!(!counting_declines(&statement(path, sql)).is_empty(), "{sql}");
    }
    let fine = "update offers.offer set state = 'declined', answered_at = $1 where offer_id = $2";
    assert!(counting_declines(&statement("rooms/offers/a.rs", fine)).is_empty());
    let weighs = statement("crates/matching/src/soft.rs", "let late = clinician.declined_lately;");
    assert_eq!(known_to_fit(&weighs).len(), 1);
}

#[test]
fn a_clause_that_asks_for_volume_is_found() {
    let plain: Vec<Text> = clauses();
    let but = |from: &str, to: &str| -> Vec<Text> {
        assert!(plain.iter().any(|(_, text)| text.contains(from)), "{from}");
        plain.iter().map(|(path, text)| (path.clone(), text.replace(from, to))).collect()
    };
    for changed in [
        but("pub struct Engagement {", "pub struct Engagement {\n    pub extra: Cents,"),
        but("pub enum Pay {", "pub enum Pay {\n    PerClient(Cents),"),
        but("Rule::Flat { cents },\n        };", "Rule::Tiers { unit, tiers },\n        };"),
        but("pub cap: Option<Cents>", "pub bonus: Option<Cents>"),
        but("pub pay_cap:", "pub sessions_minimum:"),
        Vec::new(),
    ] {
        assert!(!asking_for_volume(&changed, &[]).is_empty());
    }
    for name in ["caseload_minimum", "clients_min", "required_sessions", "monthly_quota"] {
        let sql = statement("m.sql", &format!("create table terms.clause ({name} integer)"));
        assert_eq!(asking_for_volume(&plain, &sql).len(), 1, "{name}");
    }
    let fine =
        "create table hours.intake (clients_max integer, session_min integer, before_min int)";
    assert!(asking_for_volume(&plain, &statement("m.sql", fine)).is_empty());
}

#[test]
fn an_order_of_clinicians_is_found() {
    for sql in [
        "select clinician_id, count(*) from s group by clinician_id order by count(*) desc",
        "select clinician_id, sum(cents) as earned from s group by 1 order by earned desc",
        "select clinician_id, sum(cents) from s group by clinician_id order by 2 desc limit 9",
        "select c.name, sum(cents) as n from people.clinician c group by c.name order by n desc",
        "select clinician_id, rank() over (order by cents) from s",
        "create table growth.clinician_ranking (clinician_id uuid)",
        "alter table people.clinician add rank integer",
    ] {
        assert!(!ranking(&[], &statement("a.rs", sql)).is_empty(), "{sql}");
    }
    for act in ["rank_clinicians", "compare_clinicians", "see_ranking"] {
        assert_eq!(ranking(&[act], &[]).len(), 1, "{act}");
    }
    let diagnoses = "create table chart.treated (constraint treated_rank_fits check (rank < 13))";
    assert!(ranking(&[], &statement("migrations/1_chart.sql", diagnoses)).is_empty());
    for sql in [
        "select clinician_id, sum(cents) as earned from s group by clinician_id order by name",
        "select c.clinician_id from people.clinician c order by c.listed_at limit 20",
        "select practice_id, sum(cents) as owed from s group by practice_id order by owed",
        "select charge_id, min(clinician_id), sum(cents) from s group by charge_id order by 3",
    ] {
        assert!(ranking(&[], &statement("a.rs", sql)).is_empty(), "{sql}");
    }
}
