//! What the program, other programs, pages and papers say of the month.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::Extension;
use axum::body::Body;
use axum::http::Request;
use bookkeeping::{Chart, Period, Title};
use ground::db::Role;
use ground::{Acting, spans};
use ids::{StatementId, Uuid};
use jiff::Timestamp;
use jiff::civil::date;
use ledger::Collected;
use payouts::Statement;
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::life::Life;
use crate::house::rooms::joined as rooms;
use crate::journey::program::{Data, Said, ask, ask_with};

/// April.
pub fn april() -> Period {
    Period::of(date(2026, 4, 1))
}

/// What the books and statements have of Ben.
pub struct Books {
    pub collected: Vec<Collected>,
    pub card_fees: Vec<i64>,
    pub march: Statement,
    pub april: Statement,
    /// Of April's sessions: what is allowed, and what is open.
    pub charges: Vec<(i64, i64)>,
    /// By title, what is not zero and no memorandum.
    pub titles: BTreeMap<Title, i64>,
}

impl Books {
    pub async fn of(life: &Life) -> Self {
        let (elm, ben) = (life.elm(), life.cast.ben_treats.id);
        let house = &life.house.house;
        let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
        let collected = ledger::collected(&mut tx, elm, ben, april()).await.unwrap();
        let fees = ledger::card_fees(&mut tx, elm, (april(), april())).await.unwrap();
        let statements = payouts::statements_of(&mut tx, elm, ben).await.unwrap();
        let [april, march] = statements.try_into().unwrap();
        let mut charges = Vec::new();
        for client in people::clients(&mut tx, elm).await.unwrap() {
            let bill = ledger::bill_of(&mut tx, elm, client.id).await.unwrap();
            let is_session = |it: &&ledger::Charged| {
                it.service_on.month() == 4 && !it.is_for_missed && it.clinician == Some(ben)
            };
            charges.extend(
                bill.lines
                    .iter()
                    .filter(is_session)
                    .map(|it| (it.charged.0 - it.contract.0, it.payer_owes.0 + it.client_owes.0)),
            );
        }
        let entries = ledger::entries(&mut tx, elm).await.unwrap();
        assert_eq!(bookkeeping::broken(&entries), []);
        let mut titles = BTreeMap::new();
        for posting in entries.iter().flat_map(|it| &it.postings) {
            *titles.entry(posting.account.title()).or_default() += posting.cents.0;
        }
        titles.retain(|title: &Title, cents| *cents != 0 && Title::MoneyIn > *title);
        let card_fees = fees.iter().map(|it| it.cents.0).collect();
        Self { collected, card_fees, march, april, charges, titles }
    }

    /// What was collected where this is so.
    pub fn sum(&self, is_so: impl Fn(&Collected) -> bool) -> i64 {
        self.collected.iter().filter(|it| is_so(it)).map(|it| it.cents.0).sum()
    }

    /// The lines of the ledger as the program is asked about them.
    fn rows(&self) -> Vec<Value> {
        let came_in = self.collected.iter().map(|it| {
            let kind = match &it.payer {
                Some(_) => "payer_payment",
                None if it.is_for_missed => "late_fee",
                None => "client_payment",
            };
            json!({ "posted_on": it.on, "service_on": it.service_on, "kind": kind,
                    "cents": it.cents.0 })
        });
        let lines = self.april.is.lines.iter().filter(|line| !line.part.is_money_in());
        let lines = lines.map(|line| {
            let kind = line.kind.unwrap().as_str();
            json!({ "posted_on": "2026-04-30", "kind": kind, "cents": line.cents.0 })
        });
        came_in.chain(lines).collect()
    }
}

/// What `trellis worth run` answers to the lines of the ledger and the spans that were measured.
pub async fn worth(life: &Life, books: &Books) -> Value {
    let (elm, house) = (life.elm(), &life.house.house);
    let mut tx = house.begin(&life.cast.ben.acting()).await.unwrap();
    let all = spans::of(&mut tx, elm, Timestamp::UNIX_EPOCH, Timestamp::MAX).await.unwrap();
    tx.rollback().await.unwrap();
    let span = |kind: &str, from: Timestamp, to: Timestamp| json!({ "kind": kind, "start": from, "end": to });
    let mut time: Vec<Value> = all.iter().map(|it| span(it.kind.word(), it.from, it.to)).collect();
    let waited: Vec<(ground::db::Instant, ground::db::Instant)> = sqlx::query_as(
        "select a.starts_at, o.said_at
           from calendar.appointment a
           join calendar.outcome o using (practice_id, appointment_id)
          where o.outcome = 'missed'",
    )
    .fetch_all(&mut life.house.superuser().await)
    .await
    .unwrap();
    time.extend(waited.iter().map(|(from, to)| span("missed", from.0, to.0)));
    let said: Vec<(String, ground::db::Day, i32)> =
        sqlx::query_as("select s.kind, s.on_date, s.minutes from worth.said s order by s.place")
            .fetch_all(&mut life.house.superuser().await)
            .await
            .unwrap();
    let said = said
        .into_iter()
        .map(|(kind, on, minutes)| json!({ "kind": kind, "on": on.0, "minutes": minutes }));
    let charges = books.charges.iter().map(|(allowed, open)| {
        json!({ "service_on": "2026-04-01", "allowed_cents": allowed, "open_cents": open })
    });
    let input = json!({
        "zone": "America/Chicago",
        "month": "2026-04",
        "mode": "paid",
        "worker": "self",
        "ytd_net_before_cents": books.march.is.kept.0,
        "ledger": books.rows(),
        "charges": charges.collect::<Vec<_>>(),
        "time": time,
        "corrections": said.collect::<Vec<_>>(),
        "paid_admin_s": 370 * 60,
    });
    let asked = json!({ "cases": [{ "id": "april", "kind": "actuals", "input": input }] });
    let Said { out, err, .. } = ask(&Data::new(), &["worth", "run"], asked.to_string().as_bytes());
    assert_eq!(err, "");
    let mut answer: Value = serde_json::from_str(&out).unwrap();
    assert!(answer["cases"][0]["error"].is_null(), "{out}");
    answer["cases"][0]["result"].take()
}

/// What hledger makes of what `trellis ledger export` prints: balances by the chart's code.
pub fn by_hledger(life: &Life) -> BTreeMap<String, i64> {
    let superuser = life.house.stores.superuser().unwrap();
    let folder = superuser.get_socket().unwrap().display().to_string();
    let url = |role: Role| {
        let database = life.house.stores.database();
        format!("postgres://{}@localhost/{database}?host={folder}", role.name())
    };
    let settings = [
        ("TRELLIS_DATABASE_URL", url(Role::App)),
        ("TRELLIS_OWNER_DATABASE_URL", url(Role::Owner)),
        ("TRELLIS_SEQUENCER_DATABASE_URL", url(Role::Sequencer)),
        ("TRELLIS_CHECK_DATABASE_URL", url(Role::Check)),
    ];
    let settings: Vec<(&str, &str)> = settings.iter().map(|(name, it)| (*name, &**it)).collect();
    let arguments = ["ledger", "export", "--format", "hledger"];
    let journal = ask_with(&Data::new(), &arguments, &settings, b"");
    assert_eq!(journal.code, 0, "{}", journal.err);
    let balances = ["-f", "-", "balance", "--flat", "--no-total", "-O", "csv"];
    let told = said("hledger", &balances, journal.out.as_bytes());
    let mut sums: BTreeMap<String, i64> = BTreeMap::new();
    for line in told.lines().skip(1) {
        let (account, amount) = line.split_once(',').unwrap();
        let code = account.trim_matches('"').split(':').nth(1).unwrap();
        let plain: String = amount.chars().filter(|it| "-.0123456789".contains(*it)).collect();
        *sums.entry(code.to_owned()).or_default() += plain.parse::<money::Cents>().unwrap().0;
    }
    sums.retain(|code, cents| *cents != 0 && code != "Memorandum");
    sums
}

/// How the export names a title: its code and name, in letters, digits and dashes.
pub fn exported_name(title: Title) -> String {
    let chart = Chart::standard();
    let line = chart.line(title);
    let name = line.name.replace('\'', "").replace(' ', "-");
    format!("{}-{name}", line.code)
}

/// A statement's PDF as another program reads it.
pub async fn paper(life: &Life, statement: StatementId) -> String {
    let path = format!("/p/{}/statements/{statement}/pdf", life.elm());
    let routes = rooms::ROOMS
        .iter()
        .fold(axum::Router::new(), |all, room| all.merge((room.routes)().into_router()));
    let routes = routes.layer(Extension(life.cast.ben.acting()));
    let app = ground::web::app(life.house.house.clone(), routes);
    let answer = app.oneshot(Request::get(&path).body(Body::empty()).unwrap()).await.unwrap();
    let bytes = axum::body::to_bytes(answer.into_body(), 4_000_000).await.unwrap();
    said("pdftotext", &["-layout", "-", "-"], &bytes)
}

/// What a tool says of its input.
#[allow(clippy::disallowed_methods, reason = "the test's own tools; `script/test` installs them")]
fn said(tool: &str, arguments: &[&str], input: &[u8]) -> String {
    let mut command = Command::new(tool);
    let command = command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = command.spawn();
    let mut child = child.unwrap_or_else(|e| panic!("{tool}: {e}; run script/test"));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writing = std::thread::spawn(move || stdin.write_all(&input));
    let answer = child.wait_with_output().unwrap();
    writing.join().unwrap().unwrap();
    assert!(answer.status.success(), "{tool}");
    String::from_utf8(answer.stdout).unwrap()
}

/// What stands on a page, without its tags and signs of dollars.
pub fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or_else(|| panic!("no page: {page}"));
    let main = main.split("</main").next().unwrap();
    let text: Vec<&str> =
        main.split('<').map(|it| it.split_once('>').map_or("", |it| it.1)).collect();
    let text = text.join(" ").replace("&#39;", "'").replace("&quot;", "\"").replace('$', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a text has a figure soon after a name: in the same row.
pub fn has_near(text: &str, name: &str, figure: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let rest: String = text[at + name.len()..].chars().take(500).collect();
        let at = rest.find(figure);
        at.is_some_and(|at| {
            let after = rest[at + figure.len()..].chars().next();
            let before = rest[..at].chars().next_back();
            let is_part = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit() || it == ',');
            !is_part(before) && !after.is_some_and(|it| it.is_ascii_digit())
        })
    })
}

/// The id of somebody's payment as the ledger has it.
pub async fn ways(life: &Life) -> BTreeMap<Uuid, String> {
    let rows: Vec<(Uuid, String)> =
        sqlx::query_as("select p.payment_id, p.way from ledger.payment p")
            .fetch_all(&mut life.house.superuser().await)
            .await
            .unwrap();
    rows.into_iter().collect()
}
