//! All SQL of the charter's pages: how often the operator's people met a promise here.

use std::collections::BTreeMap;

use ground::db::{self, Instant, Tx};
use ids::PracticeId;
use jiff::Timestamp;

use crate::model::Met;

/// Refusals of the operator's people in a practice since an instant, by promise; of what no promise
/// forbids but nothing allows, under no name. Served by the audit's key.
pub async fn met(
    tx: &mut Tx,
    practice: PracticeId,
    since: Timestamp,
) -> db::Result<BTreeMap<String, Met>> {
    let rows: Vec<(Option<String>, i64, Instant)> = sqlx::query_as(
        "select a.promise, count(*), max(a.at)
           from ground.audit a
          where a.practice_id = $1
            and a.is_staff
            and a.outcome = 'refused'
            and a.at >= $2
          group by a.promise
          order by a.promise
          limit 1000",
    )
    .bind(practice.0)
    .bind(Instant(since))
    .fetch_all(&mut **tx)
    .await?;
    let met = rows.into_iter().map(|(promise, count, last_at)| {
        (promise.unwrap_or_default(), Met { count, last_at: last_at.0 })
    });
    Ok(met.collect())
}
