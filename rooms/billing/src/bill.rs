//! What a client owes and why, in plain words: figures from the books, reasons from the plan.

use ground::db::{self, Tx};
use ids::{ChargeId, ClientId, PracticeId};
use ledger::Bill;
use money::Cents;

use crate::charge::queries as charges;
use crate::remittance::queries as remittances;

/// A client's bill at one practice.
#[derive(Debug, Clone)]
pub struct ClientBill {
    /// The practice, by the name that its clients know.
    pub practice: String,
    /// The figures.
    pub bill: Bill,
    /// Why parts are theirs: charge, reason of the plan, cents.
    pub shares: Vec<(ChargeId, String, Cents)>,
    /// Who treated: names by clinician.
    pub clinicians: Vec<people::Clinician>,
}

/// The bill of a client. A client may ask for their own.
pub async fn of(tx: &mut Tx, practice: PracticeId, client: ClientId) -> db::Result<ClientBill> {
    let (name, _, _) = charges::practice(tx, practice).await?;
    Ok(ClientBill {
        practice: name,
        bill: ledger::bill_of(tx, practice, client).await?,
        shares: remittances::shares_of(tx, practice, client).await?,
        clinicians: people::clinicians(tx, practice).await?,
    })
}
