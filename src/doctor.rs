//! What is missing or unsafe here, in plain words, and what to do about it.

use std::fmt;
use std::os::unix::fs::PermissionsExt;

use ground::cluster::{Binaries, Cluster, Durability, Folder};
use ground::config::{Database, Settings};
use ground::db::{self, Role, Stores};
use ground::invariants;
use sqlx::{Connection, PgConnection};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Good,
    Note,
    Mend,
}

/// One thing that was looked at.
#[derive(Debug)]
pub struct Finding {
    weight: Weight,
    says: String,
}

impl Finding {
    /// Whether Trellis should not be used before this is mended.
    pub fn must_be_mended(&self) -> bool {
        self.weight == Weight::Mend
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = match self.weight {
            Weight::Good => "good",
            Weight::Note => "note",
            Weight::Mend => "MEND",
        };
        write!(f, "{mark}  {}", self.says)
    }
}

fn good(says: impl Into<String>) -> Finding {
    Finding { weight: Weight::Good, says: says.into() }
}

fn note(says: impl Into<String>) -> Finding {
    Finding { weight: Weight::Note, says: says.into() }
}

fn mend(says: impl Into<String>) -> Finding {
    Finding { weight: Weight::Mend, says: says.into() }
}

/// Looks at everything, in the order in which things stand on each other.
pub async fn look(settings: &Settings) -> Vec<Finding> {
    let mut findings = vec![address(settings), mail(settings)];
    findings.extend(root_key(settings));
    match reach(settings) {
        Ok((stores, _cluster)) => findings.extend(database(&stores).await),
        Err(finding) => findings.push(finding),
    }
    findings
}

fn address(settings: &Settings) -> Finding {
    let origin = settings.origin_at(settings.listen.port());
    let is_local = origin.starts_with("http://localhost");
    if origin.starts_with("https://") {
        return good(format!("Pages are reached at {origin}."));
    }
    if is_local && settings.listen.ip().is_loopback() {
        return good("Pages are reached from this machine only.");
    }
    mend(format!(
        "{origin} is not https, and others can reach it: put a TLS proxy before {} and set \
         TRELLIS_ORIGIN to its https address.",
        settings.listen
    ))
}

fn mail(settings: &Settings) -> Finding {
    match settings.smtp_url {
        Some(_) => good("A mail server is set."),
        None => note("No mail server is set: letters wait until TRELLIS_SMTP_URL is."),
    }
}

fn root_key(settings: &Settings) -> Option<Finding> {
    let path = settings.data.join("keys/root.key");
    let shown = path.display();
    Some(match std::fs::metadata(&path) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {
            note("There is no root key yet; the first start draws one.")
        }
        Err(e) => mend(format!("The root key {shown} cannot be read: {e}.")),
        Ok(found) if found.permissions().mode() & 0o077 != 0 => {
            mend(format!("Others may read the root key: chmod 600 {shown}."))
        }
        Ok(_) => good(format!("The root key is closed to others. Keep a copy of {shown} apart.")),
    })
}

fn reach(settings: &Settings) -> Result<(Stores, Option<Cluster>), Finding> {
    match Stores::given(&settings.database) {
        Ok(Some(stores)) => return Ok((stores, None)),
        Ok(None) => {}
        Err(error) => return Err(mend(format!("A connection string cannot be read: {error}."))),
    }
    debug_assert_eq!(settings.database, Database::Private);
    let binaries = Binaries::find().map_err(|error| mend(sentence(&error)))?;
    let folder = Folder::open(&settings.data).map_err(|error| mend(sentence(&error)))?;
    if let Ok(socket) = Cluster::attach(&folder) {
        return Ok((Stores::private(&socket), None));
    }
    if !folder.cluster().exists() {
        return Err(note(format!(
            "PostgreSQL {} is here; there is no database yet, the first start makes it.",
            binaries.major
        )));
    }
    let cluster =
        Cluster::start(&folder, Durability::Full).map_err(|error| mend(sentence(&error)))?;
    Ok((Stores::private(cluster.socket()), Some(cluster)))
}

/// An error's clause as a sentence.
fn sentence(error: &dyn std::error::Error) -> String {
    let clause = error.to_string();
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(letters).chain(['.']).collect()
}

async fn database(stores: &Stores) -> Vec<Finding> {
    let mut findings = Vec::new();
    for role in [Role::App, Role::Owner, Role::Sequencer, Role::Check] {
        match stores.connection(role).await {
            Ok(mut conn) => findings.extend(rights(&mut conn, role).await),
            Err(error) => {
                findings.push(mend(format!("Role {} does not connect: {error}.", role.name())));
            }
        }
    }
    if findings.iter().any(Finding::must_be_mended) {
        return findings;
    }
    findings.push(good("Each role of the database connects, and those that serve own nothing."));
    match db::is_current(stores).await {
        Ok(true) => findings.push(good("The schema is this program's.")),
        Ok(false) => {
            findings.push(mend("The schema is older than this program: run `trellis migrate`."));
            return findings;
        }
        Err(error) => findings.push(mend(format!("The schema cannot be read: {error}."))),
    }
    findings.extend(safety(stores).await);
    findings
}

/// A role that serves must own nothing and be no more than it is; the owner is exempt.
async fn rights(conn: &mut PgConnection, role: Role) -> Option<Finding> {
    if role == Role::Owner {
        return None;
    }
    let faulty: Result<bool, _> = sqlx::query_scalar(
        "select r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb or r.rolinherit
                or exists (select from pg_class c where c.relowner = r.oid)
                or exists (select from pg_auth_members m where m.member = r.oid)
           from pg_roles r
          where r.rolname = current_user",
    )
    .fetch_one(&mut *conn)
    .await;
    match faulty {
        Ok(false) => None,
        Ok(true) => Some(mend(format!(
            "Role {} owns tables, inherits rights or stands above row security: make the roles \
             anew with the statements of `trellis migrate --roles`.",
            role.name()
        ))),
        Err(error) => Some(mend(format!("Role {} cannot be looked at: {error}.", role.name()))),
    }
}

async fn safety(stores: &Stores) -> Vec<Finding> {
    let mut check = match stores.connection(Role::Check).await {
        Ok(check) => check,
        Err(error) => return vec![mend(format!("The invariants cannot be run: {error}."))],
    };
    let mut findings = Vec::new();
    for (setting, says) in [
        ("fsync", "a commit may be lost when the machine stops"),
        ("full_page_writes", "a crash may leave half a page"),
    ] {
        let value: Result<String, _> = sqlx::query_scalar("select current_setting($1)")
            .bind(setting)
            .fetch_one(&mut check)
            .await;
        if !value.is_ok_and(|value| value == "on") {
            findings.push(mend(format!("PostgreSQL runs with {setting} off: {says}. Turn it on.")));
        }
    }
    let sums: Result<String, _> =
        sqlx::query_scalar("select current_setting('data_checksums')").fetch_one(&mut check).await;
    if !sums.is_ok_and(|value| value == "on") {
        findings.push(note("PostgreSQL keeps no page checksums: pg_checksums --enable."));
    }
    match invariants::run(&mut check).await {
        Ok(faults) if faults.is_empty() => {
            findings.push(good(format!("All {} invariants hold.", invariants::ALL.len())));
        }
        Ok(faults) => {
            findings.extend(
                faults.iter().map(|fault| mend(format!("An invariant is broken. {fault}."))),
            );
        }
        Err(error) => findings.push(mend(format!("The invariants cannot be run: {error}."))),
    }
    // A clean end, so that a cluster which was started for this can stop at once.
    let _ = check.close().await;
    findings
}
