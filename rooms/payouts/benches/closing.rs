//! How long a month takes to close: `cargo bench -p payouts`.
//!
//! Ten thousand clinicians in 2,500 practices, a million and a half postings. Each practice is closed
//! by the room's own verb, in a transaction of its own, durably, on two connections. The figure is
//! said on the way as well, since what grows faster than the house shows there. Practices of 50 to 400
//! clinicians show what grows within one. What it begins with is not counted: the month itself, and
//! that some practices were closed before, so that nothing is planned for empty tables.

#![allow(clippy::unwrap_used, reason = "a bench stops at what fails, and shows it")]

#[path = "../../ledger/benches/durable/mod.rs"]
mod durable;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bookkeeping::Period;
use durable::Durable;
use ground::db::Role;
use ground::{Acting, House};
use ids::{PracticeId, Uuid};
use jiff::civil::date;
use payouts::Closed;
use sqlx::{AssertSqlSafe, Executor};

/// Practices of one to eight clinicians, four on average.
const SMALL: usize = 2_500;
/// As many more were closed before.
const BEFORE: usize = 100;
/// Clinicians of the practices that are closed alone, of which a median counts.
const LARGE: [usize; 10] = [50, 50, 50, 100, 100, 100, 200, 200, 200, 400];
/// Connections that close at once.
const CONNECTIONS: u32 = 2;
/// At which numbers of clinicians the time is said.
const SAID: &[usize] = &[1_250, 2_500, 5_000, 10_000];
/// The invariants that are about money, as `trellis ledger check` asks them.
const OF_BOOKS: &[&str] = &["I01", "I02", "I03", "I04", "I06", "I11", "I17", "I22"];

/// A practice that is to be closed.
#[derive(Debug, Clone, Copy)]
struct Open {
    practice: PracticeId,
    clinicians: usize,
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let durable = Durable::start("bench-closing", CONNECTIONS).await;
        let (small, large) = month(&durable).await;
        println!(
            "{:<44} {:>9} {:>16}",
            "closed, durably, on two connections", "s", "ms a clinician"
        );
        let small = Arc::new(small);
        let done = close_all(&durable.house, &small).await;
        let mut clinicians = 0;
        for (open, at) in done {
            let before = clinicians;
            clinicians += open.clinicians;
            if let Some(said) = SAID.iter().find(|said| before < **said && **said <= clinicians) {
                say(&format!("{said} clinicians"), *said, at);
            }
        }
        println!("one practice alone, on one connection (the median of those of its size)");
        let mut took = BTreeMap::<usize, Vec<Duration>>::new();
        for open in large {
            let began = Instant::now();
            close(&durable.house, open.practice).await;
            took.entry(open.clinicians).or_default().push(began.elapsed());
        }
        for (clinicians, mut took) in took {
            took.sort_unstable();
            say(&format!("a practice of {clinicians}"), clinicians, took[took.len() / 2]);
        }
        check(&durable).await;
        durable.house.close().await;
    });
}

fn say(what: &str, clinicians: usize, took: Duration) {
    let each = took.as_secs_f64() * 1e3 / clinicians as f64;
    println!("{what:<44} {:>9.2} {each:>16.2}", took.as_secs_f64());
}

/// Makes the month, and says which practices there are: the small, and the large.
async fn month(durable: &Durable) -> (Vec<Open>, Vec<Open>) {
    let began = Instant::now();
    let cast = people::cast::everybody(&durable.house).await.unwrap();
    terms::cast::agreed(&durable.house, &cast).await.unwrap();
    let mut superuser = durable.superuser().await;
    let large: Vec<String> = LARGE.iter().map(ToString::to_string).collect();
    let sql = include_str!("month.sql").replace("SMALL", &(BEFORE + SMALL).to_string());
    let sql = sql.replace("LARGE", &large.join(", "));
    superuser.execute(AssertSqlSafe(sql)).await.unwrap();
    let all: Vec<(Uuid, i64)> = sqlx::query_as(
        "select c.practice_id, count(*)
           from people.clinician c
           join people.practice p on p.practice_id = c.practice_id
          where p.name like 'Practice %'
          group by c.practice_id, p.name
          order by length(p.name), p.name",
    )
    .fetch_all(&mut superuser)
    .await
    .unwrap();
    let open = |(practice, clinicians): &(Uuid, i64)| Open {
        practice: PracticeId(*practice),
        clinicians: usize::try_from(*clinicians).unwrap(),
    };
    let all: Vec<Open> = all.iter().map(open).collect();
    let (before, all) = all.split_at(BEFORE);
    let (small, large) = all.split_at(SMALL);
    superuser.execute("vacuum analyze ledger.entry, ledger.posting, billing.claim").await.unwrap();
    for open in before {
        close(&durable.house, open.practice).await;
    }
    superuser.execute("vacuum analyze").await.unwrap();
    superuser.execute("checkpoint").await.unwrap();
    let ids: Vec<Uuid> = small.iter().map(|it| it.practice.0).collect();
    let count = "select count(*) from ledger.posting p where p.practice_id = any ($1)";
    let postings: i64 =
        sqlx::query_scalar(count).bind(ids).fetch_one(&mut superuser).await.unwrap();
    let clinicians: usize = small.iter().map(|it| it.clinicians).sum();
    println!(
        "{SMALL} practices, {clinicians} clinicians, {postings} postings, made in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    (small.to_vec(), large.to_vec())
}

/// Closes January everywhere, and says in which order and when each was done.
async fn close_all(house: &House, all: &Arc<Vec<Open>>) -> Vec<(Open, Duration)> {
    let (next, began) = (Arc::new(AtomicUsize::new(0)), Instant::now());
    let mut tasks = Vec::new();
    for _ in 0..CONNECTIONS {
        let (house, all, next) = (house.clone(), all.clone(), next.clone());
        tasks.push(tokio::spawn(async move {
            let mut done = Vec::new();
            while let Some(open) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                close(&house, open.practice).await;
                done.push((*open, began.elapsed()));
            }
            done
        }));
    }
    let mut done = Vec::new();
    for task in tasks {
        done.extend(task.await.unwrap());
    }
    done.sort_by_key(|(_, at)| *at);
    done
}

async fn close(house: &House, practice: PracticeId) {
    let mut tx = house.begin(&Acting::Job { practice }).await.unwrap();
    let january = Period::of(date(2026, 1, 1));
    let closed = payouts::close(&mut tx, practice, january).await.unwrap();
    assert_eq!(closed, Closed::Now);
    tx.commit().await.unwrap();
}

/// What `trellis ledger check` asks: every invariant of the books, and the sums of every practice's
/// entries.
async fn check(durable: &Durable) {
    let mut check = durable.stores.connection(Role::Check).await.unwrap();
    let found = ground::invariants::run(&mut check).await.unwrap();
    let is_of_books = |it: &&String| OF_BOOKS.iter().any(|of| it.starts_with(of));
    let found: Vec<String> = found.iter().map(ToString::to_string).collect();
    let faults: Vec<&String> = found.iter().filter(is_of_books).collect();
    let practices: Vec<Uuid> = sqlx::query_scalar(
        "select p.practice_id from people.practice p where p.kind <> 'operator'",
    )
    .fetch_all(&mut check)
    .await
    .unwrap();
    let (mut entries, mut broken) = (0, BTreeMap::new());
    for id in practices {
        let practice = PracticeId(id);
        let mut tx = durable.house.begin(&Acting::Job { practice }).await.unwrap();
        let all = ledger::entries(&mut tx, practice).await.unwrap();
        entries += all.len();
        let faults = bookkeeping::broken(&all);
        if !faults.is_empty() {
            broken.insert(id, faults);
        }
    }
    println!("checked: {entries} entries; invariants {faults:?}, sums {broken:?}");
    assert!(faults.is_empty() && broken.is_empty(), "what is measured must be right");
}
