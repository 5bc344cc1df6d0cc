//! The house: what every room is handed. There are no globals.

use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ids::Uuid;
use jiff::Timestamp;
use policy::Charter;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sqlx::PgPool;

use crate::clock::Clock;
use crate::demo::Demo;
use crate::keys::RootKey;
use crate::mail::Mailer;
use crate::web::Proxies;

/// What every room is handed. Clones are the same house.
#[derive(Clone)]
pub struct House(Arc<Inner>);

struct Inner {
    pool: PgPool,
    clock: Clock,
    ids: Mutex<StdRng>,
    root_key: RootKey,
    origin: String,
    mailer: Option<Mailer>,
    proxies: Proxies,
    charter: Charter,
    demo: OnceLock<Demo>,
}

/// What a house is built from.
pub struct Parts {
    /// The pool of the role that serves.
    pub pool: PgPool,
    /// Business time.
    pub clock: Clock,
    /// A seed makes the ids of a test or of the demo the same each time; secrets never come from
    /// it.
    pub seed: Option<u64>,
    /// The key that seals the keys of practices.
    pub root_key: RootKey,
    /// What links in mail begin with.
    pub origin: String,
    /// How letters leave; without it they wait.
    pub mailer: Option<Mailer>,
    /// Whose word is taken for where a request comes from.
    pub proxies: Proxies,
    /// The promises and what is allowed.
    pub charter: Charter,
}

impl fmt::Debug for House {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("House")
    }
}

impl House {
    /// A house of these parts.
    pub fn new(parts: Parts) -> Self {
        let ids = match parts.seed {
            Some(seed) => StdRng::seed_from_u64(seed),
            None => StdRng::from_seed(secret()),
        };
        Self(Arc::new(Inner {
            pool: parts.pool,
            clock: parts.clock,
            ids: Mutex::new(ids),
            root_key: parts.root_key,
            origin: parts.origin,
            mailer: parts.mailer,
            proxies: parts.proxies,
            charter: parts.charter,
            demo: OnceLock::new(),
        }))
    }

    /// Business time, now.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// The clock itself, to move it.
    pub fn clock(&self) -> &Clock {
        &self.0.clock
    }

    /// A new id: UUIDv7 of business time, of whatever type is asked for.
    pub fn new_id<Id: From<Uuid>>(&self) -> Id {
        let mut chance = [0; 10];
        self.0.ids.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut chance);
        let ms = u64::try_from(self.now().as_millisecond()).unwrap_or(0);
        Id::from(uuid::Builder::from_unix_timestamp_millis(ms, &chance).into_uuid())
    }

    /// Bytes that nobody can guess, whatever the seed of the ids.
    pub fn secret<const N: usize>(&self) -> [u8; N] {
        secret()
    }

    /// What links begin with, such as `https://trellis.example`.
    pub fn origin(&self) -> &str {
        &self.0.origin
    }

    /// The charter: what is promised, and what is allowed.
    pub fn charter(&self) -> &Charter {
        &self.0.charter
    }

    /// The proxies that are believed about where a request comes from.
    pub(crate) fn proxies(&self) -> &Proxies {
        &self.0.proxies
    }

    /// What is known of the demo, where this house is one.
    pub fn demo(&self) -> Option<&Demo> {
        self.0.demo.get()
    }

    /// Remembers that this house is a demo; once is forever.
    pub(crate) fn is_demo(&self, demo: Demo) {
        let _ = self.0.demo.set(demo);
    }

    /// Whether letters can leave, or land on the page of a demo.
    pub fn sends_mail(&self) -> bool {
        self.mailer().is_some()
    }

    /// How letters leave, if they can. In a demo they land on a page, whatever the settings say.
    pub(crate) fn mailer(&self) -> Option<&Mailer> {
        match self.demo() {
            Some(_) => Some(&Mailer::Page),
            None => self.0.mailer.as_ref(),
        }
    }

    /// The pool, for the few places that need no [`begin`](Self::begin): health and LISTEN.
    pub(crate) fn pool(&self) -> &PgPool {
        &self.0.pool
    }

    pub(crate) fn root_key(&self) -> &RootKey {
        &self.0.root_key
    }

    /// Closes all connections, so that a cluster or a test's database can go.
    pub async fn close(&self) {
        self.0.pool.close().await;
    }
}

/// Bytes from the system's generator.
#[allow(clippy::disallowed_methods, reason = "the one place where secrets are drawn")]
pub(crate) fn secret<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}
