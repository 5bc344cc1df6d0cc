//! What the books tell: that money of a payer arrived.

use ground::events::Event;
use ids::Uuid;
use serde::{Deserialize, Serialize};

/// A payer's deposit was written down. What it pays for may be known already, or come later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DepositArrived {
    /// The payment, in the books.
    pub payment: Uuid,
    /// Whose money it was.
    pub payer_code: String,
    /// The number of the check or transfer.
    pub reference: String,
    /// How much.
    pub cents: i64,
}

impl Event for DepositArrived {
    const KIND: &'static str = "ledger.deposit_arrived";

    fn subject(&self) -> Uuid {
        self.payment
    }
}
