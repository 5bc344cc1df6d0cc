//! Every sentence of this room that a person reads: a bookkeeper's words. Those who work here read
//! English.

use bookkeeping::RuleName;

use crate::model::CauseKind;
use crate::receipt::Way;

pub const BACK: &str = "Back to the books";
pub const BOOKS: &str = "Books";
pub const BOOKS_WHY: &str = "Every dollar of the practice, debit and credit. Nothing here is ever \
     changed: what was wrong is reversed, and both stay.";
pub const TRIAL: &str = "Trial balance";
pub const BALANCED: &str = "Debits and credits are equal.";
pub const WHOSE: &str = "Whose the money is";
pub const WHOSE_ASIDE: &str = "money in, less what went back";
pub const ENTRIES: &str = "Entries";
pub const NEWEST: &str = "newest first";
pub const EARLIER: &str = "Earlier entries";
pub const NO_ENTRIES: &str =
    "Charges, payments and adjustments will be listed here as they happen.";
pub const RECORD: &str = "Write down money that arrived";
pub const ACCOUNT: &str = "Account";
pub const DEBIT: &str = "Debit";
pub const CREDIT: &str = "Credit";
pub const SUM: &str = "Sum";
pub const DAY: &str = "Posted";
pub const WHAT: &str = "What happened";
pub const FOR_WHOM: &str = "For or from";
pub const CAUSE: &str = "Cause";
pub const AMOUNT: &str = "Amount";
pub const REVERSED: &str = "reversal: ";

pub const ENTRY: &str = "Entry";
pub const BECAUSE: &str = "Why";
pub const ABOUT: &str = "About the day";
pub const BELONGS: &str = "Belongs to the month";
pub const REVERSES: &str = "Reverses";
pub const ADJUSTS: &str = "Adjusts";
pub const THE_EARLIER: &str = "the earlier entry";
pub const POSTINGS: &str = "Postings";
pub const NOT_SO: &str = "No";

pub const MONEY: &str = "Money that arrived";
pub const MONEY_WHY: &str = "Write down what you saw arrive. It is collected from then on.";
pub const FROM_CLIENT: &str = "From a client";
pub const CLIENT: &str = "Client";
pub const CHOOSE: &str = "Choose a client";
pub const HOW_MUCH: &str = "Amount";
pub const DEPOSITED: &str = "Amount of the deposit";
pub const WAY: &str = "How it came";
pub const REFERENCE: &str = "Number of the check";
pub const REFERENCE_HINT: &str = "As printed on it.";
pub const CARD_FEE: &str = "What the card processor kept";
pub const CARD_FEE_HINT: &str = "Only of a card: its report says how much it took out.";
pub const ARRIVED_ON: &str = "The day it arrived";
pub const WRITE_PAYMENT: &str = "Write down this payment";
pub const PAYS_OLDEST: &str = "It pays the oldest open charges first; what is left waits for the \
     next one.";
pub const FROM_PAYER: &str = "From an insurer";
pub const PAYER: &str = "Insurer";
pub const CHOOSE_PAYER: &str = "Choose an insurer";
pub const TRACE: &str = "Number of the transfer or check";
pub const TRACE_HINT: &str = "As the bank shows it. It joins the deposit with its remittance.";
pub const WRITE_DEPOSIT: &str = "Write down this deposit";

pub const ENTER_CLIENT: &str = "Choose the client who paid";
pub const ENTER_AMOUNT: &str = "Enter the amount in dollars and cents, such as 25.00";
pub const ENTER_ABOVE_ZERO: &str = "Enter an amount above zero, such as 25.00";
pub const ENTER_WHOLE_CENTS: &str = "Enter at most two decimals, such as 25.00";
pub const ENTER_LESS: &str = "Enter an amount below $10,000,000,000.00";
pub const SENT_BEFORE: &str = "This form was sent before with other figures, and those are written \
     down. To write this down as well, send it again";
pub const WRITTEN_DOWN_ALREADY: &str =
    "A deposit of this insurer with this number is written down already";
pub const ENTER_WAY: &str = "Choose how it came";
pub const ENTER_CARD_FEE: &str =
    "Enter what the processor kept in dollars and cents, such as 5.09, and less than the amount";
pub const ONLY_A_CARD: &str = "Only a card has a fee: leave this empty";
pub const ENTER_DAY: &str = "Enter the day it arrived, such as 2 9 2026";
pub const ENTER_DAY_NOT_SO_LONG_AGO: &str = "Enter a day of the last ten years";
pub const ENTER_DAY_NOT_LATER: &str = "Enter a day that is not in the future";
pub const ENTER_PAYER: &str = "Choose the insurer who paid";
pub const ENTER_TRACE: &str = "Enter the number of the transfer or check, in 50 signs or fewer";
pub const SHORTER_REFERENCE: &str = "Enter the number of the check in 50 signs or fewer";

pub const PAYMENT: &str = "Payment";
pub const PAYMENT_FROM: &str = "From";
pub const WENT_TO: &str = "What it paid";
pub const NO_NUMBER: &str = "None";

/// How money came, as people say it.
pub fn way(way: Way) -> &'static str {
    match way {
        Way::Cash => "Cash",
        Way::Check => "Check",
        Way::Transfer => "Transfer",
        Way::Card { .. } => "Card",
    }
}

/// What is behind an entry.
pub fn cause(kind: CauseKind) -> &'static str {
    match kind {
        CauseKind::Charge => "charge",
        CauseKind::Remittance => "insurer's answer",
        CauseKind::ProviderAdjustment => "insurer's own adjustment",
        CauseKind::ClientPayment => "payment",
        CauseKind::Deposit => "deposit",
        CauseKind::Statement => "statement",
        CauseKind::Decision => "decision",
        CauseKind::Visit => "visit that was missed",
    }
}

/// What happened, with a capital.
pub fn event(rule: RuleName) -> String {
    let event = bookkeeping::rule(rule).event;
    let mut letters = event.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
