//! Roles, database and schema, brought to what this program works on. Forward only.

use std::borrow::Cow;

use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Executor, PgConnection, SqlSafeStr};

use super::{Error, Result, Role, Stores};

mod embedded {
    include!(concat!(env!("OUT_DIR"), "/migrations.rs"));
}

/// All migrations of this program: version, name, text.
pub const MIGRATIONS: &[(i64, &str, &str)] = embedded::VERSIONED;

/// Functions, triggers and views, made anew each time: name, text.
pub const REPLACEABLE: &[(&str, &str)] = embedded::REPLACEABLE;

/// The statements that make the roles; `trellis migrate --roles` prints them.
pub const ROLES: &str = include_str!("../../../../migrations/bootstrap/roles.sql");

/// In a private cluster: makes the roles and the database where they are not there yet.
///
/// # Errors
/// As the database says.
pub async fn bootstrap(stores: &Stores) -> Result<()> {
    let Some(superuser) = stores.superuser() else {
        return Ok(());
    };
    let mut conn = connect(superuser).await?;
    conn.execute(ROLES).await?;
    let there: bool =
        sqlx::query_scalar("select exists (select from pg_database where datname = $1)")
            .bind(stores.database())
            .fetch_one(&mut conn)
            .await?;
    if !there {
        create_database(&mut conn, stores.database(), "template1").await?;
    }
    Ok(conn.close().await?)
}

/// Makes a database as a copy of another, owned by the role that migrates.
///
/// # Errors
/// As the database says. The name must be made of small letters, digits and `_`.
pub(crate) async fn create_database(
    conn: &mut PgConnection,
    name: &str,
    template: &str,
) -> Result<()> {
    let plain = |text: &str| {
        text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    assert!(plain(name) && plain(template), "a database has a plain name");
    let sql = format!(
        "create database {name} owner trellis_owner template {template} strategy file_copy"
    );
    conn.execute(AssertSqlSafe(sql)).await?;
    // Whoever may connect needs neither temporary tables nor the right to let others in.
    let close = format!(
        "revoke all on database {name} from public;
         grant connect on database {name}
            to trellis_app, trellis_owner, trellis_sequencer, trellis_check"
    );
    conn.execute(AssertSqlSafe(close)).await?;
    Ok(())
}

pub(crate) async fn connect(options: &PgConnectOptions) -> Result<PgConnection> {
    Ok(PgConnection::connect_with(&options.clone().disable_statement_logging()).await?)
}

/// Applies what is missing, then makes functions, triggers and views anew.
///
/// Migrations were released with a checksum: one that was edited afterwards stops here.
///
/// # Errors
/// A sentence for a person, in [`MigrateError`]'s words.
pub async fn migrate(stores: &Stores) -> std::result::Result<usize, MigrateError> {
    let mut conn = stores.connection(Role::Owner).await.map_err(refused)?;
    let migrations = MIGRATIONS.iter().map(|(version, name, text)| {
        let sql = AssertSqlSafe(*text).into_sql_str();
        let description = Cow::Owned(name.replace('_', " "));
        Migration::new(*version, description, MigrationType::Simple, sql, false)
    });
    let mut migrator = Migrator::with_migrations(migrations.collect());
    migrator.create_schema("upgrade");
    migrator.dangerous_set_table_name("upgrade.migration");

    let before = applied(&mut conn).await;
    migrator.run(&mut conn).await?;
    let mut tx = conn.begin().await?;
    for (_, text) in REPLACEABLE {
        tx.execute(*text).await?;
    }
    tx.commit().await?;
    Ok(MIGRATIONS.len() - before)
}

/// Whether the schema is the one that this program works on.
///
/// # Errors
/// As the database says.
pub async fn is_current(stores: &Stores) -> Result<bool> {
    let mut conn = stores.connection(Role::Owner).await?;
    Ok(applied(&mut conn).await == MIGRATIONS.len())
}

/// How many migrations a database has; none where it was never migrated.
async fn applied(conn: &mut PgConnection) -> usize {
    let count: std::result::Result<i64, _> =
        sqlx::query_scalar("select count(*) from upgrade.migration where success")
            .fetch_one(conn)
            .await;
    count.ok().and_then(|count| usize::try_from(count).ok()).unwrap_or(0)
}

fn refused(error: Error) -> MigrateError {
    match error {
        Error::Down(error) | Error::Busy(error) | Error::Statement(error) => {
            MigrateError::Execute(error)
        }
        other => MigrateError::Source(Box::new(other)),
    }
}
