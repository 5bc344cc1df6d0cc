//! A house for benches, whose commits survive anything: a private cluster with the settings of one
//! that serves, made anew for each run and removed after it.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use ground::cluster::{Binaries, Cluster, Durability, Folder, SUPERUSER, Socket};
use ground::db::{self, Role, Stores};
use ground::keys::RootKey;
use ground::mail::Mailer;
use ground::policy::Charter;
use ground::web::Proxies;
use ground::{House, Parts, clock::Clock};
use jiff::Timestamp;
use sqlx::{Connection, PgConnection};

/// When it is: a day in February, so that January can be closed.
const NOW: &str = "2026-02-09T15:00:00Z";

/// A house of a bench. Dropped, it is gone.
pub struct Durable {
    /// The house.
    pub house: House,
    /// The ways of every role into its database.
    pub stores: Stores,
    socket: Socket,
    cluster: Option<Cluster>,
    path: PathBuf,
}

impl Durable {
    /// Starts the cluster and makes the schema, with so many connections for the role that serves.
    pub async fn start(name: &str, connections: u32) -> Self {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
        if path.exists() {
            std::fs::remove_dir_all(&path).expect("what an earlier run left is removed");
        }
        let folder = Folder::open(&path).expect("the folder of benches can be used");
        let cluster = Cluster::start(&folder, Durability::Full).expect("PostgreSQL starts");
        let socket = cluster.socket().clone();
        let stores = Stores::private(&socket);
        db::bootstrap(&stores).await.expect("roles and database are made");
        db::migrate(&stores).await.expect("the schema is made");
        let house = House::new(Parts {
            pool: stores.pool(Role::App, connections).await.expect("the role that serves connects"),
            clock: Clock::standing(NOW.parse::<Timestamp>().expect("it is an instant")),
            seed: Some(1),
            root_key: RootKey::from_bytes([7; 32]),
            origin: "http://localhost:4780".into(),
            mailer: Some(Mailer::Page),
            proxies: Proxies::read("192.0.2.0/24").expect("a network"),
            charter: Charter::load().expect("the charter loads"),
        });
        let durable = Self { house, stores, socket, cluster: Some(cluster), path };
        let mut superuser = durable.superuser().await;
        for (setting, value) in [("fsync", "on"), ("synchronous_commit", "on")] {
            let sql = format!("show {setting}");
            let is: String = sqlx::query_scalar(sqlx::AssertSqlSafe(sql))
                .fetch_one(&mut superuser)
                .await
                .expect("a setting is shown");
            assert_eq!(is, value, "{setting}: what is measured must be durable");
        }
        durable
    }

    /// A connection that no wall stops, to make what a bench begins with.
    pub async fn superuser(&self) -> PgConnection {
        let options = self.socket.options(SUPERUSER, self.stores.database());
        PgConnection::connect_with(&options).await.expect("the superuser connects")
    }

    /// Transactions a second of `pgbench`'s own mix (tpcb-like) on this cluster.
    #[allow(dead_code, reason = "not every bench has it as a peer")]
    #[allow(clippy::disallowed_methods, reason = "a bench starts the peer that it measures")]
    pub fn pgbench(&self, clients: u32, seconds: u32) -> f64 {
        let binaries = Binaries::find().expect("PostgreSQL is here");
        let run = |program: &str, arguments: &[&str]| {
            let mut command = Command::new(binaries.path(program));
            command.arg("-h").arg(&self.socket.0).args(["-U", SUPERUSER]).args(arguments);
            let output = command.output().expect("it starts");
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{program}: {said}");
            String::from_utf8_lossy(&output.stdout).into_owned()
        };
        run("dropdb", &["--if-exists", "pgbench"]);
        run("createdb", &["pgbench"]);
        run("pgbench", &["-i", "-q", "-s", "10", "pgbench"]);
        let (clients, seconds) = (clients.to_string(), seconds.to_string());
        let said = run("pgbench", &["-c", &clients, "-j", "2", "-T", &seconds, "pgbench"]);
        let tps = said.lines().find_map(|line| line.strip_prefix("tps = "));
        let tps = tps.and_then(|rest| rest.split_whitespace().next());
        tps.and_then(|tps| tps.parse().ok()).expect("it says its transactions a second")
    }

    /// How long a cluster's disk takes to keep one page, as a median: `fdatasync` after 8 KiB.
    #[allow(dead_code, reason = "not every bench has it as a floor")]
    pub fn sync(&self) -> Duration {
        use std::os::unix::fs::FileExt;
        let path = self.path.join("sync");
        let file = std::fs::File::create(&path).expect("a file is made");
        file.write_all_at(&[1; 1 << 20], 0).expect("it is written");
        file.sync_all().expect("it is kept");
        let mut all: Vec<Duration> = (0..100)
            .map(|at: u64| {
                let began = std::time::Instant::now();
                file.write_all_at(&[2; 8192], at * 8192).expect("it is written");
                file.sync_data().expect("it is kept");
                began.elapsed()
            })
            .collect();
        std::fs::remove_file(&path).expect("it is removed");
        all.sort_unstable();
        all[all.len() / 2]
    }
}

impl Drop for Durable {
    fn drop(&mut self) {
        drop(self.cluster.take());
        // What cannot be removed goes with the next run.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}
