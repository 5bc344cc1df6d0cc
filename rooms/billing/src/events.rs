//! What billing tells, and what it listens to: signed notes, and payers' deposits.

use chart::NoteSigned;
use ground::db::Tx;
use ground::events::{Event, Listener, Told};
use ground::work::{Doing, Failure};
use ids::{ChargeId, ClaimId, ClientId, ClinicianId, NoteId, Uuid};
use ledger::DepositArrived;
use serde::{Deserialize, Serialize};

use crate::charge::{self, Place, Work};
use crate::remittance;

/// A charge was born from a signed note.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChargeMade {
    /// Which one.
    pub charge: ChargeId,
    /// From which note.
    pub note: NoteId,
    /// For whose care.
    pub client: ClientId,
    /// For whose work.
    pub clinician: ClinicianId,
    /// How much.
    pub cents: i64,
    /// Who is asked first; absent where the client pays themselves.
    pub payer_code: Option<String>,
}

impl Event for ChargeMade {
    const KIND: &'static str = "billing.charge_made";

    fn subject(&self) -> Uuid {
        self.charge.0
    }
}

/// A payer's money for a claim is here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClaimPaid {
    /// Which claim.
    pub claim: ClaimId,
    /// Of which charge.
    pub charge: ChargeId,
    /// How much.
    pub cents: i64,
}

impl Event for ClaimPaid {
    const KIND: &'static str = "billing.claim_paid";

    fn subject(&self) -> Uuid {
        self.claim.0
    }
}

/// A payer's deposit looks for its remittance.
pub const ON_DEPOSIT: Listener = Listener {
    kind: DepositArrived::KIND,
    name: "billing.joins_deposit_and_remittance",
    take: on_deposit,
};

fn on_deposit<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let arrived: DepositArrived = told.read()?;
        remittance::deposit_arrived(tx, told.practice, &arrived).await?;
        Ok(())
    })
}

/// A signed note becomes a charge.
pub const ON_NOTE_SIGNED: Listener = Listener {
    kind: NoteSigned::KIND,
    name: "billing.charges_what_was_signed",
    take: on_note_signed,
};

fn on_note_signed<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let signed: NoteSigned = told.read()?;
        let said = chart::billable(tx, told.practice, signed.note).await?;
        let said = said.ok_or_else(|| Failure::Never("the note is not signed".into()))?;
        let place = Place::of_word(said.place.word())
            .ok_or_else(|| Failure::Never("a place that no claim knows".into()))?;
        let work = Work {
            note: said.note,
            session: said.session,
            client: said.client,
            clinician: said.clinician,
            began_at: said.began_at,
            ended_at: said.ended_at,
            minutes: said.minutes,
            service: said.service,
            place,
            diagnoses: said.codes,
        };
        charge::take_up(tx, told.practice, &work).await?;
        Ok(())
    })
}
