//! What can happen to money in a practice, in the field's words.

use std::fmt;

use jiff::civil::Date;
use money::Cents;

use crate::Debtor;

macro_rules! references {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u128);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:x}", self.0)
            }
        }
    )+};
}

references! {
    /// An entry; also its once-key: the same id is never posted twice.
    EntryId,
    /// A coded line of work that somebody owes for.
    ChargeId,
    /// An insurer or another third party that pays for care.
    PayerId,
    /// A client, or the guardian who pays for one.
    ClientId,
    /// A clinician engaged by the practice.
    ClinicianId,
    /// The document behind an entry: a remittance, a card payment, a statement, a note.
    SourceId,
}

/// An event of money. Amounts are above zero; a share, a fee and interest may be negative, which
/// takes back what an earlier one gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// Work is charged to a payer or a client.
    Charge {
        /// The coded line.
        charge: ChargeId,
        /// Who owes it first.
        owed_by: Debtor,
        /// When the work was done.
        service_on: Date,
        /// The amount charged.
        cents: Cents,
    },
    /// What the payer's contract does not allow (X12 group CO) comes off.
    ContractualAdjustment {
        /// The charge it lowers.
        charge: ChargeId,
        /// Whose contract.
        payer: PayerId,
        /// The amount not allowed.
        cents: Cents,
    },
    /// A payer's money arrives, for a charge or not yet known for which.
    PayerPayment {
        /// Who paid.
        payer: PayerId,
        /// The charge it pays; none while it is unapplied.
        charge: Option<ChargeId>,
        /// The amount.
        cents: Cents,
    },
    /// What the plan leaves to the client (X12 group PR) passes from payer to client.
    PatientResponsibility {
        /// The charge.
        charge: ChargeId,
        /// Who owed it.
        payer: PayerId,
        /// Who owes it now.
        client: ClientId,
        /// The amount.
        cents: Cents,
    },
    /// A client's money arrives, for a charge or in advance.
    ClientPayment {
        /// Who paid.
        client: ClientId,
        /// The charge it pays; none while it is unapplied.
        charge: Option<ChargeId>,
        /// The amount.
        cents: Cents,
    },
    /// Money goes back to who paid it: of a charge paid twice, or unapplied.
    Refund {
        /// Who gets it.
        to: Debtor,
        /// The charge that was overpaid; none when it was unapplied.
        charge: Option<ChargeId>,
        /// The amount.
        cents: Cents,
    },
    /// Unapplied money finds its charge, or a balance passes to another debtor.
    Transfer {
        /// The charge.
        charge: ChargeId,
        /// What moves.
        from: TransferFrom,
        /// Who owed the charge before.
        owed_by: Debtor,
        /// The amount.
        cents: Cents,
    },
    /// What will not be collected is given up.
    WriteOff {
        /// The charge.
        charge: ChargeId,
        /// Who owed it.
        owed_by: Debtor,
        /// The amount.
        cents: Cents,
    },
    /// A payer pays interest for paying late, or takes it back with a negative amount (X12 PLB L6).
    Interest {
        /// Who paid.
        payer: PayerId,
        /// The amount; negative takes back.
        cents: Cents,
    },
    /// A payer takes money back out of a remittance.
    Recoupment {
        /// Who took it.
        payer: PayerId,
        /// For what.
        from: RecoupedFrom,
        /// The amount.
        cents: Cents,
    },
    /// A payer undoes a payment and will take it out of a later remittance (X12 PLB FB).
    ForwardBalance {
        /// Who will take it.
        payer: PayerId,
        /// The charge that is open again.
        charge: ChargeId,
        /// The amount.
        cents: Cents,
    },
    /// Held money becomes somebody's under the engagement.
    Share {
        /// Whose.
        to: Sharer,
        /// The amount; negative takes back.
        cents: Cents,
    },
    /// A price of the operator or of the card processor.
    Fee {
        /// Who asks it.
        to: Payee,
        /// Whose part it comes out of.
        borne_by: Bearer,
        /// The amount; negative gives back.
        cents: Cents,
    },
    /// What is somebody's is sent to them.
    Payout {
        /// Who gets it.
        to: Bearer,
        /// The amount.
        cents: Cents,
    },
    /// What is due to the operator is sent to it.
    OperatorPayout {
        /// The amount.
        cents: Cents,
    },
}

/// What a transfer moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransferFrom {
    /// Money that this debtor paid without a charge.
    Unapplied(Debtor),
    /// The balance itself: from now on this debtor owes it.
    OwedFromNowOnBy(Debtor),
}

/// What a recoupment takes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecoupedFrom {
    /// The payment of a charge, which is open again.
    Charge(ChargeId),
    /// A forward balance that was announced before.
    ForwardBalance,
}

/// Who can have a share of what was collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sharer {
    /// The clinician who did the work.
    Clinician(ClinicianId),
    /// The practice.
    Practice,
}

/// Who asks a fee.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Payee {
    /// The operator, under the agreement.
    Operator,
    /// The card processor, which takes it out of the deposit.
    CardProcessor,
}

/// Out of whose part a fee comes, and to whom a payout goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bearer {
    /// The practice, which is its owners'.
    Practice,
    /// A clinician.
    Clinician(ClinicianId),
}

impl Event {
    /// The amount of the event.
    pub fn cents(&self) -> Cents {
        match *self {
            Self::Charge { cents, .. }
            | Self::ContractualAdjustment { cents, .. }
            | Self::PayerPayment { cents, .. }
            | Self::PatientResponsibility { cents, .. }
            | Self::ClientPayment { cents, .. }
            | Self::Refund { cents, .. }
            | Self::Transfer { cents, .. }
            | Self::WriteOff { cents, .. }
            | Self::Interest { cents, .. }
            | Self::Recoupment { cents, .. }
            | Self::ForwardBalance { cents, .. }
            | Self::Share { cents, .. }
            | Self::Fee { cents, .. }
            | Self::Payout { cents, .. }
            | Self::OperatorPayout { cents } => cents,
        }
    }

    /// The charge that the event is about, if it is about one.
    pub fn charge(&self) -> Option<ChargeId> {
        match *self {
            Self::Charge { charge, .. }
            | Self::ContractualAdjustment { charge, .. }
            | Self::PatientResponsibility { charge, .. }
            | Self::Transfer { charge, .. }
            | Self::WriteOff { charge, .. }
            | Self::ForwardBalance { charge, .. }
            | Self::Recoupment { from: RecoupedFrom::Charge(charge), .. } => Some(charge),
            Self::PayerPayment { charge, .. }
            | Self::ClientPayment { charge, .. }
            | Self::Refund { charge, .. } => charge,
            Self::Recoupment { from: RecoupedFrom::ForwardBalance, .. }
            | Self::Interest { .. }
            | Self::Share { .. }
            | Self::Fee { .. }
            | Self::Payout { .. }
            | Self::OperatorPayout { .. } => None,
        }
    }
}
