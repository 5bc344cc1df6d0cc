//! Throttles: how often something may be tried before it has to wait. Tries are counted on the wall
//! clock and under a hash, so that the table names nobody.

use ground::db::{self, Tx};
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::door::{self, Hash};

/// How often one thing may be tried.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    key: Hash,
    /// Tries that are free.
    free: i32,
    /// The longest wait after that, in seconds; it doubles up to it.
    longest_s: i32,
}

impl Limit {
    /// A limit on what these words name.
    pub fn on(what: &[&str], free: i32, longest_s: i32) -> Self {
        Self { key: Sha256::digest(what.join("\0").as_bytes()).into(), free, longest_s }
    }
}

/// Counts one try against each limit: the seconds to wait where one of them is reached. What was
/// counted lasts once the transaction is committed.
pub async fn count(tx: &mut Tx, limits: &[Limit], wall: Timestamp) -> db::Result<Option<u32>> {
    // Locked in one order, whoever else tries at the same time.
    let mut limits = limits.to_vec();
    limits.sort_by_key(|limit| limit.key);
    for Limit { key, free, longest_s } in limits {
        let wait = door::throttle_try(tx, &key, free, longest_s, wall).await?;
        if 0 < wait {
            return Ok(Some(wait.unsigned_abs()));
        }
    }
    Ok(None)
}

/// Forgets the tries that went before a success.
pub async fn forget(tx: &mut Tx, limits: &[Limit]) -> db::Result<()> {
    for limit in limits {
        door::throttle_clear(tx, &limit.key).await?;
    }
    Ok(())
}
