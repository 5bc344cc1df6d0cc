//! The books for those who run Trellis: every invariant of them checked on the live database, and
//! the same entries for other programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use bookkeeping::{Account, Broken, Chart, Entry, Export, broken};
use clap::{Args, Subcommand, ValueEnum};
use ground::config::Settings;
use ground::db::{Role, Stores};
use ground::{Acting, House, invariants};
use ids::{PracticeId, Uuid};
use jiff::civil::Date;
use ledger::Party;
use sqlx::PgConnection;

use crate::start::{self, Access, Started};
use crate::terminal::{print, say, say_aside};

/// The schemas of rooms that keep money: an invariant that reads one of them is one of the books.
const OF_MONEY: [&str; 3] = ["ledger.", "billing.", "payouts."];
/// Most practices of one house.
const PRACTICES_MAX: i64 = 10_000;
/// Most clients and clinicians of one practice.
const PARTIES_MAX: i64 = 1_000_000;
/// Places of one fault that are told; more of the same help nobody.
const TOLD_MAX: usize = 10;

/// What can be asked of the books.
#[derive(Debug, Subcommand)]
pub enum Ask {
    /// Check every invariant of the books, and say which does not hold, and where.
    ///
    /// Ends with 0 where all hold and with 1 where one does not.
    Check {
        /// Only this practice.
        #[arg(long, value_name = "ID")]
        practice: Option<PracticeId>,
    },
    /// Write all entries down for another program.
    ///
    /// Clients are there by number only. The file ends with what each account holds by our own
    /// sums, which the other program checks as it reads.
    Export(Wanted),
}

/// Which entries, and for what.
#[derive(Debug, Args)]
pub struct Wanted {
    /// For which program.
    #[arg(long, value_enum)]
    format: Format,
    /// Of which practice; without it, of the only one.
    #[arg(long, value_name = "ID")]
    practice: Option<PracticeId>,
    /// The first day; what was before is brought forward in one entry.
    #[arg(long, value_name = "YYYY-MM-DD")]
    from: Option<Date>,
    /// The last day.
    #[arg(long, visible_alias = "until", value_name = "YYYY-MM-DD")]
    as_of: Option<Date>,
    /// Into this file, whole or not at all; without it, to the terminal.
    #[arg(long, short, value_name = "FILE")]
    out: Option<PathBuf>,
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
    if let Ask::Export(Wanted { from: Some(from), as_of: Some(as_of), .. }) = ask
        && as_of < from
    {
        bail!("--from {from} is later than --as-of {as_of}");
    }
    start::log(settings)?;
    let runtime = start::runtime()?;
    let origin = settings.origin_at(settings.listen.port());
    let started = Started::open(&runtime, settings, Access::Join, origin)?;
    runtime.block_on(async {
        let done = match ask {
            Ask::Check { practice } => check(&started.house, &started.stores, *practice).await,
            Ask::Export(wanted) => export(&started.house, &started.stores, wanted).await,
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
    let mut faults = 0;
    let practices = practices(&mut conn, only).await?;
    for (practice, name) in &practices {
        faults += check_entries(house, *practice, name).await;
    }
    for (name, query) in invariants::ALL.iter().filter(|(_, query)| is_of_money(query)) {
        faults += check_invariant(&mut conn, name, query, only).await?;
    }
    if faults == 0 {
        say(&format!("The books are sound: {} practices, no fault.", practices.len()));
        return Ok(ExitCode::SUCCESS);
    }
    say(&format!("{faults} faults. Nothing was changed; each line above says where to look."));
    Ok(ExitCode::FAILURE)
}

fn is_of_money(query: &str) -> bool {
    OF_MONEY.iter().any(|schema| query.contains(schema))
}

/// Looks at every entry of a practice, and at the sums over them. A practice whose books cannot be
/// read is a fault, and no reason not to look at the next.
async fn check_entries(house: &House, practice: PracticeId, name: &str) -> usize {
    let entries = match entries(house, practice).await {
        Ok(entries) => entries,
        Err(error) => {
            say(&format!("MEND  {name}: its entries cannot be read: {error:#}"));
            return 1;
        }
    };
    let faults = broken(&entries);
    match faults.len() {
        0 => say(&format!("good  {name}: {} entries, and every sum holds.", entries.len())),
        count => say(&format!("MEND  {name}: {count} faults in {} entries.", entries.len())),
    }
    for fault in faults.iter().take(TOLD_MAX) {
        say(&format!("      {fault}, {}", place(practice, fault)));
    }
    say_rest(faults.len());
    faults.len()
}

/// Asks one invariant of the database. Its rows say where: the practice, then what there.
async fn check_invariant(
    conn: &mut PgConnection,
    name: &str,
    query: &'static str,
    only: Option<PracticeId>,
) -> anyhow::Result<usize> {
    let rows: Vec<String> = sqlx::query_scalar(query)
        .fetch_all(conn)
        .await
        .with_context(|| format!("{name} cannot be asked"))?;
    let is_asked =
        |row: &&String| only.is_none_or(|id| row.starts_with(&format!("practice {id},")));
    let found: Vec<&String> = rows.iter().filter(is_asked).collect();
    match found.len() {
        0 => say(&format!("good  {name}")),
        count => say(&format!("MEND  {name}: {count} rows")),
    }
    for row in found.iter().take(TOLD_MAX) {
        say(&format!("      {row}"));
    }
    say_rest(found.len());
    Ok(found.len())
}

fn say_rest(count: usize) {
    if TOLD_MAX < count {
        say(&format!("      and {} more", count - TOLD_MAX));
    }
}

/// Where a fault is looked at: its entry, or the practice's books.
fn place(practice: PracticeId, fault: &Broken) -> String {
    match fault.entry() {
        Some(id) => format!("at /p/{practice}/books/entries/{}", Uuid::from_u128(id.0)),
        None => format!("at /p/{practice}/books"),
    }
}

async fn export(house: &House, stores: &Stores, wanted: &Wanted) -> anyhow::Result<ExitCode> {
    let mut conn = stores.connection(Role::Check).await?;
    let all = practices(&mut conn, wanted.practice).await?;
    let names = || {
        let named: Vec<String> = all.iter().map(|(id, name)| format!("{id} ({name})")).collect();
        named.join(", ")
    };
    if 1 < all.len() {
        bail!("say which practice by --practice: {}", names());
    }
    let (practice, name) = all.first().context("there is no practice yet")?;
    let entries = entries(house, *practice).await?;
    let chart = Chart::standard();
    let parties = parties(&mut conn, *practice, &entries).await?;
    let heading = format!("{name}, practice {practice}");
    let mut export = Export::new(&entries, &chart).calling(parties).headed(&heading);
    if let Some(day) = wanted.from {
        export = export.from(day);
    }
    if let Some(day) = wanted.as_of {
        export = export.through(day);
    }
    let text = match wanted.format {
        Format::Hledger => export.hledger(),
        Format::Beancount => export.beancount(),
    };
    match &wanted.out {
        None => print(text.trim_end())?,
        Some(file) => {
            write_whole(file, &text)
                .with_context(|| format!("{} is not written", file.display()))?;
            say_aside(&format!("{} is written.", file.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes beside the file and then puts it in its place, so that a reader never finds a half. A link
/// is followed, a file keeps who may read it, and a new one is its owner's alone: books are private.
/// What is no file, as a pipe, is written to as it is.
fn write_whole(file: &Path, text: &str) -> std::io::Result<()> {
    let file = match std::fs::canonicalize(file) {
        Err(error) if error.kind() == ErrorKind::NotFound => file.to_owned(),
        found => found?,
    };
    let there = std::fs::metadata(&file).ok();
    if there.as_ref().is_some_and(|it| !it.is_file()) {
        return OpenOptions::new().write(true).open(&file)?.write_all(text.as_bytes());
    }
    let mut beside = file.clone().into_os_string();
    beside.push(".partial");
    let mut whole = OpenOptions::new();
    let mut whole = whole.write(true).create(true).truncate(true).mode(0o600).open(&beside)?;
    if let Some(there) = there {
        whole.set_permissions(there.permissions())?;
    }
    whole.write_all(text.as_bytes())?;
    whole.sync_all()?;
    std::fs::rename(&beside, file)
}

/// What a bookkeeper calls whose accounts these are: a payer by its code, a clinician by name, a
/// client by number and never by name.
async fn parties(
    conn: &mut PgConnection,
    practice: PracticeId,
    entries: &[Entry],
) -> anyhow::Result<BTreeMap<Account, String>> {
    let rows: Vec<(Uuid, String)> = sqlx::query_as(
        "select c.client_id, 'Client ' || c.number
           from people.client c
          where c.practice_id = $1
          union all
         select c.clinician_id, c.name
           from people.clinician c
          where c.practice_id = $1
          limit $2",
    )
    .bind(practice.0)
    .bind(PARTIES_MAX)
    .fetch_all(conn)
    .await?;
    let named: BTreeMap<Uuid, String> = rows.into_iter().collect();
    let accounts: BTreeSet<Account> =
        entries.iter().flat_map(|entry| &entry.postings).map(|posting| posting.account).collect();
    let called = |account: Account| {
        let name = match Party::of(account)? {
            Party::Payer(code) => code,
            Party::Client(id) => named.get(&id.0)?.clone(),
            Party::Clinician(id) => named.get(&id.0)?.clone(),
        };
        Some((account, name))
    };
    Ok(accounts.into_iter().filter_map(called).collect())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_file_of_books_keeps_its_readers_a_link_its_target_and_a_device_its_kind() {
        let folder = std::env::temp_dir().join(format!("trellis-books-{}", std::process::id()));
        fs::create_dir(&folder).unwrap();
        let [new, shared, link] = ["new", "shared", "link"].map(|name| folder.join(name));
        let mode = |file: &Path| fs::metadata(file).unwrap().permissions().mode() & 0o777;
        fs::write(&shared, "before").unwrap();
        fs::set_permissions(&shared, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&shared, &link).unwrap();

        write_whole(&new, "books").unwrap();
        write_whole(&link, "books").unwrap();
        write_whole(Path::new("/dev/null"), "books").unwrap();
        let full = write_whole(Path::new("/dev/full"), "books");

        assert_eq!((mode(&new), mode(&shared)), (0o600, 0o640));
        assert_eq!(fs::read_to_string(&shared).unwrap(), "books");
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
        assert!(full.is_err(), "a full disk is told");
        fs::remove_dir_all(&folder).unwrap();
    }
}
