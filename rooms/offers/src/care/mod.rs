//! Care: it begins with an acceptance and ends by the act of whoever gives it.

pub(crate) mod model;
pub(crate) mod queries;
pub(crate) mod routes;
mod views;

use ground::db::{self, Tx};
use ground::{Permit, events};
use ids::{ClientId, ClinicianId, EpisodeId, PracticeId};

use self::model::{Care, Chart};
use self::queries::Treats;
use crate::events::Discharged;

/// Makes a clinician one who treats a client, from now on. It begins the client's care, unless they
/// are in care already; doing it twice is doing it once.
///
/// # Errors
/// As the database says.
pub async fn begin_care(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    clinician: ClinicianId,
) -> db::Result<EpisodeId> {
    let now = tx.house().now();
    queries::insert_episode(tx, practice, client, now).await?;
    let episode = queries::lock_episode(tx, practice, client).await?;
    let episode = episode.ok_or_else(|| db::Error::Broken {
        table: "offers.episode",
        id: client.to_string(),
        why: "the care that was begun is not there".into(),
    })?;
    queries::insert_treating(tx, Treats { practice, episode, client, clinician }, now).await?;
    Ok(episode)
}

/// What rooms that keep clinical text ask about before they open it.
///
/// # Errors
/// As the database says.
pub async fn chart_of(tx: &mut Tx, practice: PracticeId, client: ClientId) -> db::Result<Chart> {
    let treated_by = queries::treating(tx, practice, client).await?;
    Ok(Chart { practice, client, treated_by })
}

/// Ends a clinician's part in a client's care, and the care itself where it was the last. Their
/// place is free from then on. `false` where the part had ended before.
///
/// # Errors
/// As the database says; `treating_is_ended_by_who_treats` where another acts.
pub async fn discharge(
    tx: &mut Tx,
    permit: &Permit,
    care: &Care,
    clinician: ClinicianId,
) -> db::Result<bool> {
    permit.is_for("discharge", care.episode);
    let now = tx.house().now();
    let Care { practice, episode, client, .. } = *care;
    // Two who end their parts at once must not each see the other still there.
    queries::lock_episode(tx, practice, client).await?;
    let treats = Treats { practice, episode, client, clinician };
    if !queries::end_treating(tx, treats, now).await? {
        return Ok(false);
    }
    let is_over = queries::end_episode(tx, practice, episode, now).await?;
    events::tell(tx, practice, &Discharged { client, clinician, episode, is_over }).await?;
    Ok(true)
}
