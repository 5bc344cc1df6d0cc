//! The books for those who run Trellis: every invariant of them checked on the live database, and
//! the same entries for other programs.

use std::process::ExitCode;

use anyhow::{Context as _, bail};
use bookkeeping::{Broken, Chart, Entry, broken};
use clap::{Subcommand, ValueEnum};
use ground::config::Settings;
use ground::db::{Role, Stores};
use ground::{Acting, House, invariants};
use ids::{PracticeId, Uuid};
use sqlx::PgConnection;

use crate::start::{self, Access, Started};
use crate::terminal::say;

/// The invariants that are about money.
const OF_BOOKS: &[&str] = &["I01_", "I02_", "I03_", "I04_", "I06_", "I11_", "I17_", "I22_"];
/// Most practices of one house.
const PRACTICES_MAX: i64 = 10_000;

/// What can be asked of the books.
#[derive(Debug, Subcommand)]
pub enum Ask {
    /// Check every invariant of the books, and say which does not hold, and where.
    Check {
        /// Only this practice.
        #[arg(long, value_name = "ID")]
        practice: Option<PracticeId>,
    },
    /// Print all entries for another program.
    Export {
        /// For which.
        #[arg(long, value_enum)]
        format: Format,
        /// Of which practice; without it, of the only one.
        #[arg(long, value_name = "ID")]
        practice: Option<PracticeId>,
    },
}

/// A program that reads books.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// hledger's journal format.
    Hledger,
    /// The Beancount language.
    Beancount,
}

/// Answers.
pub fn answer(settings: &Settings, ask: &Ask) -> anyhow::Result<ExitCode> {
    start::log(settings)?;
    let runtime = start::runtime()?;
    let origin = settings.origin_at(settings.listen.port());
    let started = Started::open(&runtime, settings, Access::Join, origin)?;
    runtime.block_on(async {
        let done = match ask {
            Ask::Check { practice } => check(&started.house, &started.stores, *practice).await,
            Ask::Export { format, practice } => {
                export(&started.house, &started.stores, *format, *practice).await
            }
        };
        started.house.close().await;
        done
    })
}

/// The practices, by name: all, or the one that was asked for.
async fn practices(
    conn: &mut PgConnection,
    only: Option<PracticeId>,
) -> anyhow::Result<Vec<(PracticeId, String)>> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "select p.practice_id, p.name
           from people.practice p
          where p.kind <> 'operator'
            and ($1::uuid is null or p.practice_id = $1)
          order by p.name, p.practice_id
          limit $2",
    )
    .bind(only.map(|id| id.0))
    .bind(PRACTICES_MAX)
    .fetch_all(conn)
    .await?;
    if let (Some(id), true) = (only, rows.is_empty()) {
        bail!("there is no practice {id}");
    }
    Ok(rows.into_iter().map(|(id, name)| (PracticeId(id), name)).collect())
}

async fn entries(house: &House, practice: PracticeId) -> anyhow::Result<Vec<Entry>> {
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    Ok(ledger::entries(&mut tx, practice).await?)
}

async fn check(
    house: &House,
    stores: &Stores,
    only: Option<PracticeId>,
) -> anyhow::Result<ExitCode> {
    let mut conn = stores.connection(Role::Check).await?;
    let mut code = ExitCode::SUCCESS;
    for (practice, name) in practices(&mut conn, only).await? {
        let entries = entries(house, practice).await?;
        let faults = broken(&entries);
        say(&match faults.len() {
            0 => format!("good  {name}: {} entries, and every sum holds.", entries.len()),
            count => format!("MEND  {name}: {count} faults in {} entries.", entries.len()),
        });
        for fault in &faults {
            say(&format!("      {fault}{}", place(practice, fault)));
            code = ExitCode::FAILURE;
        }
    }
    let found = invariants::run(&mut conn).await?;
    let is_of_books = |name: &str| OF_BOOKS.iter().any(|of| name.starts_with(of));
    for (name, _) in invariants::ALL.iter().filter(|(name, _)| is_of_books(name)) {
        let fault = found.iter().find(|fault| fault.invariant == *name);
        match fault {
            None => say(&format!("good  {name}")),
            Some(fault) => {
                say(&format!("MEND  {fault}"));
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Where a fault is looked at, where it is one of an entry.
fn place(practice: PracticeId, fault: &Broken) -> String {
    match fault {
        Broken::Unbalanced(id)
        | Broken::MemorandumUnbalanced(id)
        | Broken::NotByRule(id)
        | Broken::Twice(id)
        | Broken::NotAMirror(id)
        | Broken::BeforeItsMonth(id) => {
            format!(", at /p/{practice}/books/entries/{}", Uuid::from_u128(id.0))
        }
        Broken::Receivable { .. }
        | Broken::MoneyIn { .. }
        | Broken::Bank { .. }
        | Broken::Overflow => String::new(),
    }
}

async fn export(
    house: &House,
    stores: &Stores,
    format: Format,
    only: Option<PracticeId>,
) -> anyhow::Result<ExitCode> {
    let mut conn = stores.connection(Role::Check).await?;
    let all = practices(&mut conn, only).await?;
    let names = || {
        let named: Vec<String> = all.iter().map(|(id, name)| format!("{id} ({name})")).collect();
        named.join(", ")
    };
    if 1 < all.len() {
        bail!("say which practice by --practice: {}", names());
    }
    let (practice, _) = all.first().context("there is no practice yet")?;
    let entries = entries(house, *practice).await?;
    let text = match format {
        Format::Hledger => bookkeeping::hledger(&entries, &Chart::standard()),
        Format::Beancount => bookkeeping::beancount(&entries, &Chart::standard()),
    };
    say(text.trim_end());
    Ok(ExitCode::SUCCESS)
}
