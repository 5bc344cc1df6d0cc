//! What can be posted to: titles of the chart, and accounts of them by whom they concern.

use std::fmt;

use crate::{ClientId, ClinicianId, PayerId};

/// Who can owe a charge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Debtor {
    /// A payer.
    Payer(PayerId),
    /// A client.
    Client(ClientId),
}

/// An account: a title of the chart and, where it is kept by party, whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// The practice's bank account.
    Bank,
    /// What a payer or client owes for charges.
    Receivable(Debtor),
    /// Money received that has no charge yet.
    Unapplied(Debtor),
    /// What a payer has said it will take back.
    Forward(PayerId),
    /// What is due to a clinician and not yet sent.
    ClinicianDue(ClinicianId),
    /// What is due to the operator and not yet sent.
    OperatorDue,
    /// What owners have taken out.
    Draws,
    /// Work charged.
    Income,
    /// What contracts do not allow.
    Contractual,
    /// Interest from payers.
    Interest,
    /// What was given up.
    WrittenOff,
    /// The clinicians' shares.
    ClinicianPay(ClinicianId),
    /// The operator's prices.
    OperatorFees,
    /// The card processor's prices.
    CardFees,
    /// Memorandum: all money that came in, less what went back.
    MoneyIn,
    /// Memorandum: of it, what is not yet anybody's.
    Held,
    /// Memorandum: of it, a clinician's, sent or not.
    CliniciansMoney(ClinicianId),
    /// Memorandum: of it, the practice's.
    PracticesMoney,
    /// Memorandum: of it, the operator's, sent or not.
    OperatorsMoney,
}

/// A title of the chart of accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each title is described by the account of its name")]
pub enum Title {
    Bank,
    PayerReceivable,
    ClientReceivable,
    PayerUnapplied,
    ClientUnapplied,
    Forward,
    ClinicianDue,
    OperatorDue,
    Draws,
    Income,
    Contractual,
    Interest,
    WrittenOff,
    ClinicianPay,
    OperatorFees,
    CardFees,
    MoneyIn,
    Held,
    CliniciansMoney,
    PracticesMoney,
    OperatorsMoney,
}

/// What an account is for, which says on which side it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// What the practice has; a debit.
    Asset,
    /// What it owes; a credit.
    Liability,
    /// What is its owners'; a credit, their draws a debit.
    Equity,
    /// What it earned; a credit, adjustments to it a debit.
    Income,
    /// What it spent; a debit.
    Expense,
    /// Whose the money is: balances by itself, and is in no balance sheet.
    Memorandum,
}

impl Account {
    /// The title of the chart that it stands under.
    pub fn title(self) -> Title {
        match self {
            Self::Bank => Title::Bank,
            Self::Receivable(Debtor::Payer(_)) => Title::PayerReceivable,
            Self::Receivable(Debtor::Client(_)) => Title::ClientReceivable,
            Self::Unapplied(Debtor::Payer(_)) => Title::PayerUnapplied,
            Self::Unapplied(Debtor::Client(_)) => Title::ClientUnapplied,
            Self::Forward(_) => Title::Forward,
            Self::ClinicianDue(_) => Title::ClinicianDue,
            Self::OperatorDue => Title::OperatorDue,
            Self::Draws => Title::Draws,
            Self::Income => Title::Income,
            Self::Contractual => Title::Contractual,
            Self::Interest => Title::Interest,
            Self::WrittenOff => Title::WrittenOff,
            Self::ClinicianPay(_) => Title::ClinicianPay,
            Self::OperatorFees => Title::OperatorFees,
            Self::CardFees => Title::CardFees,
            Self::MoneyIn => Title::MoneyIn,
            Self::Held => Title::Held,
            Self::CliniciansMoney(_) => Title::CliniciansMoney,
            Self::PracticesMoney => Title::PracticesMoney,
            Self::OperatorsMoney => Title::OperatorsMoney,
        }
    }

    /// Whose account it is within its title, as a number; none where the title is one account.
    pub fn party(self) -> Option<u128> {
        match self {
            Self::Receivable(Debtor::Payer(PayerId(id)))
            | Self::Receivable(Debtor::Client(ClientId(id)))
            | Self::Unapplied(Debtor::Payer(PayerId(id)))
            | Self::Unapplied(Debtor::Client(ClientId(id)))
            | Self::Forward(PayerId(id))
            | Self::ClinicianDue(ClinicianId(id))
            | Self::ClinicianPay(ClinicianId(id))
            | Self::CliniciansMoney(ClinicianId(id)) => Some(id),
            _ => None,
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title().name())?;
        match self.party() {
            Some(party) => write!(f, " {party:x}"),
            None => Ok(()),
        }
    }
}

impl Title {
    /// Every title, in the order of the chart.
    pub const ALL: [Self; 21] = [
        Self::Bank,
        Self::PayerReceivable,
        Self::ClientReceivable,
        Self::PayerUnapplied,
        Self::ClientUnapplied,
        Self::Forward,
        Self::ClinicianDue,
        Self::OperatorDue,
        Self::Draws,
        Self::Income,
        Self::Contractual,
        Self::Interest,
        Self::WrittenOff,
        Self::ClinicianPay,
        Self::OperatorFees,
        Self::CardFees,
        Self::MoneyIn,
        Self::Held,
        Self::CliniciansMoney,
        Self::PracticesMoney,
        Self::OperatorsMoney,
    ];

    /// What it is for.
    pub fn class(self) -> Class {
        match self {
            Self::Bank | Self::PayerReceivable | Self::ClientReceivable => Class::Asset,
            Self::PayerUnapplied
            | Self::ClientUnapplied
            | Self::Forward
            | Self::ClinicianDue
            | Self::OperatorDue => Class::Liability,
            Self::Draws => Class::Equity,
            Self::Income | Self::Contractual | Self::Interest => Class::Income,
            Self::WrittenOff | Self::ClinicianPay | Self::OperatorFees | Self::CardFees => {
                Class::Expense
            }
            Self::MoneyIn
            | Self::Held
            | Self::CliniciansMoney
            | Self::PracticesMoney
            | Self::OperatorsMoney => Class::Memorandum,
        }
    }

    /// The code that the standard chart gives it.
    pub fn standard_code(self) -> &'static str {
        match self {
            Self::Bank => "1000",
            Self::PayerReceivable => "1100",
            Self::ClientReceivable => "1200",
            Self::PayerUnapplied => "2000",
            Self::ClientUnapplied => "2010",
            Self::Forward => "2100",
            Self::ClinicianDue => "2200",
            Self::OperatorDue => "2300",
            Self::Draws => "3000",
            Self::Income => "4000",
            Self::Contractual => "4100",
            Self::Interest => "4200",
            Self::WrittenOff => "5000",
            Self::ClinicianPay => "5100",
            Self::OperatorFees => "5200",
            Self::CardFees => "5300",
            Self::MoneyIn => "9000",
            Self::Held => "9100",
            Self::CliniciansMoney => "9200",
            Self::PracticesMoney => "9300",
            Self::OperatorsMoney => "9400",
        }
    }

    /// The name that the standard chart gives it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bank => "bank",
            Self::PayerReceivable => "receivable from payers",
            Self::ClientReceivable => "receivable from clients",
            Self::PayerUnapplied => "unapplied from payers",
            Self::ClientUnapplied => "unapplied from clients",
            Self::Forward => "forward balances",
            Self::ClinicianDue => "due to clinicians",
            Self::OperatorDue => "due to the operator",
            Self::Draws => "owners' draws",
            Self::Income => "service income",
            Self::Contractual => "contractual adjustments",
            Self::Interest => "interest from payers",
            Self::WrittenOff => "written off",
            Self::ClinicianPay => "clinicians' pay",
            Self::OperatorFees => "operator's fees",
            Self::CardFees => "card fees",
            Self::MoneyIn => "money in",
            Self::Held => "held",
            Self::CliniciansMoney => "clinicians' money",
            Self::PracticesMoney => "practice's money",
            Self::OperatorsMoney => "operator's money",
        }
    }
}
