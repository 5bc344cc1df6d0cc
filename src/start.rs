//! Everything between the settings and a house: cluster, roles, schema, keys.

use anyhow::{Context as _, bail};
use ground::clock::Clock;
use ground::cluster::{Cluster, Durability, Error, Folder};
use ground::config::{LogForm, Settings};
use ground::db::{self, Stores};
use ground::events;
use ground::keys::RootKey;
use ground::mail::Mailer;
use ground::policy::Charter;
use ground::{House, Parts};
use tokio::runtime::Runtime;
use tracing_subscriber::EnvFilter;

use crate::terminal::Progress;
use crate::{demo, house};

/// Steps of [`Started::own`], for its progress.
const STEPS: u64 = 3;

/// A house that stands, with what holds it up. The cluster is stopped when it is dropped.
pub struct Started {
    /// The house.
    pub house: House,
    /// The ways of every role into its database.
    pub stores: Stores,
    // Dropped last: the connections above must be gone before PostgreSQL stops.
    _cluster: Option<Cluster>,
}

/// How a command comes by a database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It holds the private cluster for as long as it runs.
    Hold,
    /// It uses the private cluster of a running `serve`, and starts one for itself if there is none.
    Join,
    /// It only works beside a running `serve`.
    Attach,
}

/// Starts a runtime of as many threads as there are cores.
pub fn runtime() -> anyhow::Result<Runtime> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("no threads could be started")
}

/// Begins to log. Called once, before anything can fail.
pub fn log(settings: &Settings) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.log)
        .context("TRELLIS_LOG is a list such as info or ground=debug")?;
    let lines = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match settings.log_form {
        LogForm::Text => lines.with_target(false).init(),
        LogForm::Json => lines.json().init(),
    }
    Ok(())
}

/// The charter, every attempt on it tried. One that does not hold serves nobody.
fn charter() -> anyhow::Result<Charter> {
    let charter = Charter::load()?;
    let report = charter.try_all();
    anyhow::ensure!(report.holds(), "the charter does not hold: {report}");
    tracing::info!("the charter: {report}");
    drop(report);
    Ok(charter)
}

/// What business time a house begins with, and where its ids come from.
struct Time {
    clock: Clock,
    seed: Option<u64>,
}

impl Started {
    /// Opens the database as the settings say, and builds a house on it that is found at `origin`.
    pub fn open(
        runtime: &Runtime,
        settings: &Settings,
        access: Access,
        origin: String,
    ) -> anyhow::Result<Self> {
        let time = Time { clock: Clock::running(), seed: None };
        Self::open_at(runtime, settings, access, origin, time)
    }

    /// The same with a clock that stands, to live through a demo.
    pub fn open_for_demo(
        runtime: &Runtime,
        settings: &Settings,
        origin: String,
    ) -> anyhow::Result<Self> {
        let time = Time { clock: Clock::standing(demo::begins()?), seed: Some(demo::SEED) };
        Self::open_at(runtime, settings, Access::Join, origin, time)
    }

    fn open_at(
        runtime: &Runtime,
        settings: &Settings,
        access: Access,
        origin: String,
        time: Time,
    ) -> anyhow::Result<Self> {
        let mut progress = Progress::of(STEPS);
        progress.step("PostgreSQL");
        let (stores, cluster) = reach(settings, access)?;
        progress.step("schema");
        runtime.block_on(prepare(&stores, settings))?;
        progress.step("keys");
        let root_key = RootKey::open(&settings.data.join("keys"))?;
        let house = runtime.block_on(async {
            let pool = stores.serving().await?;
            let house = House::new(Parts {
                pool,
                clock: time.clock,
                seed: time.seed,
                root_key,
                origin,
                mailer: mailer(settings)?,
                proxies: settings.trusted_proxies.clone(),
                charter: charter()?,
            });
            ground::demo::learn(&house).await?;
            anyhow::Ok(house)
        })?;
        progress.end();
        Ok(Self { house, stores, _cluster: cluster })
    }
}

fn mailer(settings: &Settings) -> anyhow::Result<Option<Mailer>> {
    let Some(url) = &settings.smtp_url else {
        return Ok(None);
    };
    Mailer::smtp(url, &settings.mail_from).map(Some).map_err(anyhow::Error::msg)
}

/// The database's address, and the cluster where this process holds it.
fn reach(settings: &Settings, access: Access) -> anyhow::Result<(Stores, Option<Cluster>)> {
    if let Some(stores) = Stores::given(&settings.database)? {
        return Ok((stores, None));
    }
    let folder = Folder::open(&settings.data)?;
    if access != Access::Hold {
        match Cluster::attach(&folder) {
            Ok(socket) => return Ok((Stores::private(&socket), None)),
            Err(Error::NotRunning(_)) if access == Access::Join => {}
            Err(error) => return Err(error.into()),
        }
    }
    let cluster = Cluster::start(&folder, Durability::Full)?;
    Ok((Stores::private(cluster.socket()), Some(cluster)))
}

/// Roles, schema and the table of listeners. A database that somebody else runs is migrated only
/// when asked: `trellis migrate`.
async fn prepare(stores: &Stores, settings: &Settings) -> anyhow::Result<()> {
    if settings.database == ground::config::Database::Private {
        db::bootstrap(stores).await?;
        db::migrate(stores).await.context("the schema could not be brought up to date")?;
    } else if !db::is_current(stores).await? {
        bail!("the database is not at this program's version; run `trellis migrate` first");
    }
    events::register(stores, &house::wiring().listeners).await?;
    Ok(())
}

/// Brings the schema up to date, whoever runs the database.
pub fn migrate(runtime: &Runtime, settings: &Settings) -> anyhow::Result<usize> {
    let (stores, _cluster) = reach(settings, Access::Join)?;
    runtime.block_on(async {
        db::bootstrap(&stores).await?;
        let applied = db::migrate(&stores).await?;
        events::register(&stores, &house::wiring().listeners).await?;
        Ok(applied)
    })
}
