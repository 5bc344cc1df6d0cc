//! From a signed note to money: charges, claims, what payers answer, and what waits for a person.
//!
//! 1. A charge is born from a signed note and from nothing else, once.
//! 2. Without a fee there is no charge, and without a right to bill no claim: an exception says so.
//! 3. What is exchanged with payers is kept byte for byte, before it is read.
//! 4. The same file, the same payment and the same deposit count once, in whatever order they come.
//! 5. Nothing of a remittance posts that does not balance at every level.
//! 6. Money is posted when it arrived. A contract's amount is never the client's.
//!
//! It does not know what a note says, nor whose the money is.

mod bill;
mod charge;
mod claim;
mod events;
mod exception;
mod exchange;
mod remittance;
mod routes;
mod views;
mod words;

pub mod standin;

pub use charge::{Born, Charge, Place, Work, make, take_up};
pub use claim::{Biller, Claim, Sending, State as ClaimState, set_biller};
pub use events::{ChargeMade, ClaimPaid};
pub use exchange::{Folder, Format, bytes_of, outgoing};
pub use remittance::{Content, Imported, import, read};

use ground::Room;
use ground::db::{self, Tx};
use ids::{ChargeId, PracticeId};

#[cfg(test)]
mod tests;

/// Charges, claims and remittances.
pub const ROOM: Room = Room {
    name: "billing",
    routes: routes::routes,
    listens: &[events::ON_NOTE_SIGNED, events::ON_DEPOSIT],
    jobs: &[],
    duties: Some(exception::duties),
    around: None,
};

/// The charges of a practice, the newest work first.
///
/// # Errors
/// As the database says.
pub async fn charges(tx: &mut Tx, practice: PracticeId) -> db::Result<Vec<Charge>> {
    charge::queries::charges(tx, practice, None).await
}

/// The claim of a charge, where a plan is asked.
///
/// # Errors
/// As the database says.
pub async fn claim_of(
    tx: &mut Tx,
    practice: PracticeId,
    charge: ChargeId,
) -> db::Result<Option<Claim>> {
    let which = claim::queries::Which { charge: Some(charge), ..Default::default() };
    Ok(claim::queries::claims(tx, practice, which).await?.pop())
}

/// Sends every claim that is ready: for jobs and the demo. A page asks the charter for each.
///
/// # Errors
/// As the database says.
pub async fn send_ready(tx: &mut Tx, practice: PracticeId) -> db::Result<Sending> {
    let all = claim::queries::claims(tx, practice, Default::default()).await?;
    let ready: Vec<Claim> = all.into_iter().filter(|it| it.state == claim::State::Ready).collect();
    claim::send(tx, practice, &ready).await
}
