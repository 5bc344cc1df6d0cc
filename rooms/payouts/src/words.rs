//! Every sentence of this room that a person reads. Those who work here read English.

use bookkeeping::Period;
use economics::dollars;
use ground::html::when;
use money::Cents;

use crate::model::{CannotClose, Part, RowKind};

pub const STATEMENTS: &str = "Statements";
pub const STATEMENTS_WHY: &str = "What each month came to, line by line. A closed month stays as it \
     is; what comes to light later is a line of a later month.";
pub const NONE_YET: &str = "When a month is closed, its statements will be listed here.";
pub const NONE_OF_YOURS: &str =
    "When a month is closed, yours will be listed here: each line with how it came about.";
pub const CLOSED: &str = "Closed months";
pub const NEXT: &str = "Next";
pub const NOTHING_TO_CLOSE: &str = "There is nothing in the books yet, so nothing to close.";
pub const CLOSING_WHY: &str = "Closing writes one statement for each clinician and one for the \
     practice, posts whose the money is, and locks the month.";
pub const MONTH: &str = "Month";
pub const WHOSE: &str = "Whose";
pub const COLLECTED: &str = "Collected";
pub const KEPT: &str = "Kept";
pub const BACK: &str = "Back to statements";
pub const BACK_TO_STATEMENT: &str = "Back to the statement";
pub const YOUR_HOUR: &str = "What an hour was worth";

pub const AS_PDF: &str = "Download as PDF";
pub const AT: &str = "At";
pub const CLOSED_ON: &str = "Closed";
pub const NUMBER: &str = "No.";
pub const WHOSE_IS_IT: &str = "Whose the money is";
pub const PAPER_FOOT: &str = "Statement of a closed month";
pub const PAPER_NOTE: &str = "Collected is money that arrived, not what was charged. A closed month \
     stays as it is; what comes to light later is a line of a later month, and names the line that \
     it adjusts. On the statement’s page each line opens to what it was counted from.";

pub const WHAT_CAME_IN: &str = "What came in";
pub const MONEY_NOT_CHARGES: &str = "money, not charges";
pub const ADJUSTMENTS: &str = "From closed months";
pub const ADJUSTMENTS_ASIDE: &str = "came to light after they were closed";
pub const THE_SPLIT: &str = "The split";
pub const PRICES: &str = "The operator’s prices";
pub const NO_SPLIT: &str = "nothing was to be split";
pub const SO_FAR: &str = "Before the operator’s prices";

pub const BY_CLAUSE: &str = "By this sentence";
pub const FROM: &str = "From";
pub const HOW: &str = "How it came about";
pub const ADJUSTS: &str = "Adjusts";
pub const AMOUNT: &str = "Amount";
pub const ROWS: &str = "Counted from";
pub const NO_ROWS: &str = "Nothing was counted for this line: it is the same in each month.";
pub const DAY: &str = "Day";
pub const WHAT: &str = "What";
pub const FOR_WHOM: &str = "Client";
pub const OF_DAY: &str = "Day of the work";
pub const NOT_SO: &str = "Nothing";
pub const ENTRY: &str = "Entry in the books";

pub const BOOKS: &str = "the books";
pub const MONEY_SENTENCE: &str = "Collected is money that somebody saw arrive.";
pub const PAY: &str = "Pay for sessions";
pub const OWN_WORK: &str = "Work of an owner";
pub const OWN_WORK_CLAUSE: &str = "An owner’s own work is the practice’s: no engagement splits it.";
pub const OWNER: &str = "ownership";
pub const CLIENTS: &str = "From clients";
pub const REFUNDS: &str = "Refunds";
pub const INTEREST: &str = "Interest that payers owed";
pub const NO_SHOW_FEES: &str = "Fees for no-shows, from clients";
pub const LATE_CANCEL_FEES: &str = "Fees for late cancels, from clients";
pub const CARD_FEES: &str = "Card fees";
pub const MISSED_FEES: &str = "Fees for missed visits";
pub const MISSED: &str = "Missed visits";
pub const PAID_HOURS: &str = "Hours paid";
pub const RETURNED: &str = "Money that went back";

pub const CHOOSE_MONTH: &str = "Choose the month that is next";

/// "January 2026".
pub fn month(month: Period) -> String {
    month.first_day().strftime("%B %Y").to_string()
}

/// "Statement for January 2026".
pub fn statement_for(month: &str) -> String {
    format!("Statement for {month}")
}

/// The button.
pub fn close(of: Period) -> String {
    format!("Close {}", month(of))
}

/// When the next month can be closed.
pub fn not_over(of: Period) -> String {
    let from = of.next().first_day();
    let day = when::day_text(ground::html::Lang::En, from);
    format!("{} is not over. It can be closed from {day}.", month(of))
}

/// Why a month does not close, and what to do.
pub fn cannot_close(why: &CannotClose) -> String {
    match why {
        CannotClose::NotOver(of) => not_over(*of),
        CannotClose::NotNext(None) => NOTHING_TO_CLOSE.into(),
        CannotClose::NotNext(Some(next)) => {
            format!("{} comes next. Months close one after the other.", month(*next))
        }
        CannotClose::NoEngagement { name, month: of } => format!(
            "Money came in for the work of {name} in {}, and no engagement says whose it is. Let \
             both sides sign one, then close the month.",
            month(*of)
        ),
        CannotClose::NoRecord { service, month: of } => format!(
            "The price of {service} has no fair-market record that holds through {}. Sign a new \
             version of the agreement with a record, then close the month.",
            month(*of)
        ),
        CannotClose::Clauses { month: of, why } => {
            format!("The terms of {} cannot be settled: {why}.", month(*of))
        }
    }
}

/// "3 payments".
pub fn payments(count: usize) -> String {
    so_many(count, "payment", "payments")
}

/// "14 payments by card".
pub fn by_card(count: usize) -> String {
    so_many(count, "payment by card", "payments by card")
}

/// "1 refund".
pub fn refunds(count: usize) -> String {
    so_many(count, "refund", "refunds")
}

/// "1 payment taken back".
pub fn taken_back(count: usize) -> String {
    so_many(count, "payment taken back", "payments taken back")
}

fn so_many(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// Whose money came in.
pub fn from(payer: &str) -> String {
    format!("From {payer}")
}

/// Whose money went back.
pub fn took_back(payer: &str) -> String {
    format!("Taken back by {payer}")
}

/// What a line of a later month says of a closed one.
pub fn adjusts(how: &str, of: Period, line: Option<i32>) -> String {
    match line {
        Some(line) => format!("{how}; adjusts line {line} of {}", month(of)),
        None => format!("{how}; of {}, which was closed", month(of)),
    }
}

/// Where a sentence is from.
pub fn agreement(version: i32) -> String {
    format!("agreement, version {version}")
}

/// The same.
pub fn engagement(version: i32) -> String {
    format!("engagement, version {version}")
}

/// What of a price is for an owner's own work.
pub fn own_part(whole: &str, cents: Cents) -> String {
    format!("{whole}; for this work {}", dollars(Cents(-cents.0)))
}

/// A clinician's part on the practice's statement.
pub fn part_of(share: Cents, fee: Cents) -> String {
    match fee {
        Cents::ZERO => "as on their own statement".into(),
        _ => format!("{} less {} of the operator’s prices", dollars(share), dollars(fee)),
    }
}

/// The sentence on top of a clinician's statement: what came in, what is kept, of each $100.
pub fn of_each_hundred(is_theirs: bool, name: &str, of: Period) -> [String; 3] {
    let month = month(of);
    match is_theirs {
        true => [
            format!("Of each $100 that came in for your work in {month} you kept "),
            ": ".into(),
            " of ".into(),
        ],
        false => [
            format!("Of each $100 that came in for the work of {name} in {month}, "),
            " is theirs: ".into(),
            " of ".into(),
        ],
    }
}

/// The same where nothing came in.
pub fn nothing_came_in(of: Period) -> String {
    format!("Nothing was collected in {}.", month(of))
}

/// The groups of a statement.
pub fn group(part: Part) -> &'static str {
    match part {
        Part::Collected => WHAT_CAME_IN,
        Part::Adjustment => ADJUSTMENTS,
        Part::Price => PRICES,
        Part::Split => THE_SPLIT,
    }
}

/// What a row is, where it is no entry of the books.
pub fn row(kind: RowKind) -> &'static str {
    match kind {
        RowKind::Entry => ENTRY,
        RowKind::Charge => "Session that was charged",
        RowKind::Claim => "Claim that was filed",
        RowKind::Request => "Request for care that was put before a clinician",
        RowKind::Seat => "Clinician’s seat",
        RowKind::Payment => "Payment of a client",
        RowKind::Visit => "Visit that was missed",
        RowKind::Hours => "Hours that were handed in",
    }
}

/// What a duty asks.
pub fn duty(of: Period) -> String {
    format!("{} is over and not closed", month(of))
}

pub const DUTY_WHY: &str = "Statements are written when the month is closed.";
pub const DUTY_ACTION: &str = "Look and close";

/// The identity under a statement: everything that came in is somebody's.
pub fn whole(collected: Cents, parts: &[(String, Cents)]) -> String {
    let said: Vec<String> =
        parts.iter().map(|(who, cents)| format!("{who} {}", dollars(*cents))).collect();
    let said = if said.is_empty() { "nobody’s".to_owned() } else { said.join(" + ") };
    format!("{} = {said}.", dollars(collected))
}
