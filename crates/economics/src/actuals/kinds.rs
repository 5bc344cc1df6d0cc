//! What a ledger line or an hour can be. A new kind chooses its role before it can be posted.

use serde::Serialize;

/// What a ledger line is to the clinician.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowRole {
    /// Came in from payers and clients.
    Collected,
    /// Paid by the practice to the clinician.
    Pay,
    /// A price or a cost.
    Deduction,
    /// The value of something given.
    Benefit,
    /// Neither income nor cost.
    Excluded,
}

macro_rules! kinds {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
        #[serde(rename_all = "snake_case")]
        #[allow(missing_docs, reason = "each is what its name says")]
        pub enum $name { $($variant),+ }

        impl $name {
            /// Every kind with its word.
            pub const WORDS: &[(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            /// The word for it.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }
    };
}

kinds! {
    /// What a ledger line is.
    RowKind {
        PayerPayment = "payer_payment",
        ClientPayment = "client_payment",
        LateFee = "late_fee",
        PayerInterest = "payer_interest",
        Recoupment = "recoupment",
        Refund = "refund",
        Chargeback = "chargeback",
        SessionPay = "session_pay",
        LateFeePay = "late_fee_pay",
        MissedPay = "missed_pay",
        AdminPay = "admin_pay",
        Stipend = "stipend",
        PlatformFee = "platform_fee",
        BillingFee = "billing_fee",
        CardFee = "card_fee",
        Overhead = "overhead",
        Benefit = "benefit",
        Transfer = "transfer",
        Draw = "draw",
        TaxPayment = "tax_payment",
        Hold = "hold",
        HoldRelease = "hold_release",
        Unapplied = "unapplied",
        Advance = "advance",
    }
}

impl RowKind {
    /// Its role.
    pub fn role(self) -> RowRole {
        match self {
            Self::PayerPayment
            | Self::ClientPayment
            | Self::LateFee
            | Self::PayerInterest
            | Self::Recoupment
            | Self::Refund
            | Self::Chargeback => RowRole::Collected,
            Self::SessionPay
            | Self::LateFeePay
            | Self::MissedPay
            | Self::AdminPay
            | Self::Stipend => RowRole::Pay,
            Self::PlatformFee | Self::BillingFee | Self::CardFee | Self::Overhead => {
                RowRole::Deduction
            }
            Self::Benefit => RowRole::Benefit,
            Self::Transfer
            | Self::Draw
            | Self::TaxPayment
            | Self::Hold
            | Self::HoldRelease
            | Self::Unapplied
            | Self::Advance => RowRole::Excluded,
        }
    }

    /// True for pay out of what was collected, which is an owner's already.
    pub fn counts_twice_for_owner(self) -> bool {
        matches!(self, Self::SessionPay | Self::LateFeePay)
    }
}

kinds! {
    /// What an hour is, in order of precedence: of two at one time, the earlier counts.
    TimeKind {
        Session = "session",
        Supervision = "supervision",
        Consultation = "consultation",
        Intake = "intake",
        Notes = "notes",
        Reports = "reports",
        Messages = "messages",
        Billing = "billing",
        Scheduling = "scheduling",
        Training = "training",
        Marketing = "marketing",
        Admin = "admin",
        Missed = "missed",
    }
}

impl TimeKind {
    /// How many kinds there are.
    pub(crate) const COUNT: usize = Self::WORDS.len();

    pub(crate) fn at(place: usize) -> Self {
        Self::WORDS[place].1
    }
}
