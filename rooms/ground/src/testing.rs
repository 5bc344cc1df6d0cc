//! Tests against a real database: each gets its own, copied from a migrated template.
//!
//! The first test of a binary starts a private cluster in the folder for temporary files and
//! migrates the template; the cluster is kept for the next run and ends with the process. After
//! each test all invariants are run, as the role `trellis_check`, and must find nothing.

use std::future::Future;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use jiff::Timestamp;
use nix::unistd::Uid;
use policy::Charter;
use sha2::{Digest, Sha256};
use sqlx::{AssertSqlSafe, Executor, PgConnection};

use crate::clock::Clock;
use crate::cluster::{Cluster, Durability, Folder, SUPERUSER};
use crate::db::{self, Role, Stores};
use crate::house::{House, Parts};
use crate::invariants;
use crate::keys::RootKey;
use crate::mail::Mailer;
use crate::web::Proxies;

mod browser;

pub use browser::{Answer, Browser};

/// When a test begins, in business time: a Monday, well inside a month, in standard time.
pub const BEGIN: &str = "2026-02-09T15:00:00Z";

/// A house of a test, with the ways of every role into its database.
#[derive(Debug, Clone)]
pub struct TestHouse {
    /// The house.
    pub house: House,
    /// The roles' ways in: to look, or to plant a fault.
    pub stores: Stores,
}

impl TestHouse {
    /// Faults that the invariants find now.
    pub async fn faults(&self) -> Vec<String> {
        let mut check = self.stores.connection(Role::Check).await.expect("the role check connects");
        let found = invariants::run(&mut check).await.expect("each invariant is a statement");
        found.into_iter().map(|fault| fault.to_string()).collect()
    }

    /// A way in that no wall stops, to plant faults that no role could.
    pub async fn superuser(&self) -> PgConnection {
        let options = self.stores.superuser().expect("a test's cluster is our own").clone();
        db::connect(&options.database(self.stores.database())).await.expect("superuser connects")
    }
}

/// Runs one test in a house of its own, then all invariants on what it left.
///
/// # Panics
/// Where the test does, or an invariant finds a fault.
pub fn run<F: Future<Output = ()>>(test: impl FnOnce(TestHouse) -> F) {
    run_with_faults(async |house| {
        test(house.clone()).await;
        assert_eq!(house.faults().await, Vec::<String>::new(), "invariants after the test");
    });
}

/// As [`run`], for a test that plants a fault and looks at what the invariants say itself.
pub fn run_with_faults<F: Future<Output = ()>>(test: impl FnOnce(TestHouse) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime starts");
    runtime.block_on(async {
        let (house, name) = open().await;
        test(house.clone()).await;
        house.house.close().await;
        drop_database(&name).await;
    });
}

static CLUSTER: OnceLock<Cluster> = OnceLock::new();
static COUNT: AtomicU32 = AtomicU32::new(0);

async fn open() -> (TestHouse, String) {
    let socket = cluster().socket().clone();
    let template = template().await;
    let name = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    let mut superuser =
        db::connect(&socket.options(SUPERUSER, "postgres")).await.expect("connects");
    db::create_database(&mut superuser, &name, &template).await.expect("the template is copied");
    let stores = Stores::in_database(&socket, &name);
    let house = House::new(Parts {
        pool: stores.pool(Role::App, 20).await.expect("the role that serves connects"),
        clock: Clock::standing(BEGIN.parse::<Timestamp>().expect("BEGIN is an instant")),
        seed: Some(1),
        root_key: RootKey::from_bytes([7; 32]),
        origin: "http://localhost:4780".into(),
        mailer: Some(Mailer::Page),
        proxies: Proxies::read("192.0.2.0/24").expect("a network"),
        charter: Charter::load().expect("the charter loads"),
    });
    (TestHouse { house, stores }, name)
}

/// The cluster of this process. It ends with the process, since PostgreSQL gets a signal then.
fn cluster() -> &'static Cluster {
    CLUSTER.get_or_init(|| {
        let program = program_name();
        let path =
            std::env::temp_dir().join(format!("trellis-test-{}-{program}", Uid::effective()));
        let folder = Folder::open(&path).expect("the folder for temporary files can be used");
        Cluster::start(&folder, Durability::None).expect("PostgreSQL starts")
    })
}

/// The test binary's name without cargo's hash, so that the next build finds its cluster again.
#[allow(clippy::disallowed_methods, reason = "names the folder of a test's cluster")]
fn program_name() -> String {
    let path = std::env::current_exe().unwrap_or_default();
    let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("test").to_owned();
    stem.rsplit_once('-').map_or(stem.clone(), |(name, _)| name.to_owned())
}

/// The template for this program's migrations: its name holds their hash.
async fn template() -> String {
    static TEMPLATE: tokio::sync::OnceCell<String> = tokio::sync::OnceCell::const_new();
    TEMPLATE.get_or_init(make_template).await.clone()
}

async fn make_template() -> String {
    let socket = cluster().socket().clone();
    let mut hash = Sha256::new();
    for (_, name, text) in db::MIGRATIONS {
        hash.update(name);
        hash.update(text);
    }
    for text in db::REPLACEABLE {
        hash.update(text.1);
    }
    let digest: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
    let template = format!("template_{digest}");

    let mut superuser =
        db::connect(&socket.options(SUPERUSER, "postgres")).await.expect("connects");
    let old: Vec<String> = sqlx::query_scalar(
        "select datname from pg_database where datname like 't\\_%' or datname like 'template\\_%'",
    )
    .fetch_all(&mut superuser)
    .await
    .expect("databases are listed");
    for name in old.iter().filter(|name| **name != template) {
        let sql = format!("drop database if exists {name} with (force)");
        superuser.execute(AssertSqlSafe(sql)).await.expect("what an earlier run left is dropped");
    }
    if !old.contains(&template) {
        let making = Stores::in_database(&socket, "making");
        let sql = "drop database if exists making with (force)";
        superuser.execute(sql).await.expect("what an earlier run left is dropped");
        db::bootstrap(&making).await.expect("roles and database are made");
        db::migrate(&making).await.expect("the schema is made");
        let rename = format!("alter database making rename to {template}");
        superuser.execute(AssertSqlSafe(rename)).await.expect("the template gets its name");
    }
    template
}

async fn drop_database(name: &str) {
    let socket = cluster().socket();
    let mut superuser =
        db::connect(&socket.options(SUPERUSER, "postgres")).await.expect("connects");
    let sql = format!("drop database if exists {name} with (force)");
    superuser.execute(AssertSqlSafe(sql)).await.expect("the test's database is dropped");
}
