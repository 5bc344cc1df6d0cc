//! The books of a practice: every dollar as a balanced entry with its cause, only ever added.
//!
//! 1. Postings come from the table of rules in `bookkeeping`, and from nowhere else.
//! 2. The postings of an entry add up to zero: the database refuses it otherwise.
//! 3. The same cause by the same rule is posted once, however often it is told.
//! 4. A balance is a sum over postings; no column holds one.
//! 5. What is late lands in the first open month, linked to the entry that it adjusts.
//! 6. Money is in the books when somebody saw it arrive: a client's payment, a payer's deposit.
//!
//! It does not know what a charge is for, what a payer decided, or how a share came about.

mod bill;
mod collected;
mod events;
mod keeping;
mod missed;
mod model;
mod posting;
mod queries;
mod receipt;
mod routes;
mod views;
mod words;

pub use bill::{Bill, Charged, bill_of};
pub use collected::{CardFee, Collected, card_fees, collected, collected_between};
pub use events::DepositArrived;
pub use missed::{MissedVisit, charge_missed, missed_visits};
pub use model::{
    Cause, CauseKind, ClientAccount, Error, Fact, Of, Party, Posted, account_of, charge_ref,
    client_ref, clinician_ref, payer_code, payer_ref,
};
pub use posting::{post, post_all};
pub use queries::{entries, entry_of, lock, read_rule};
pub use receipt::{
    Arrived, Deposit, Way, apply_waiting, deposits_of, record_deposit, record_payment,
};
pub use words::event as event_words;

use bookkeeping::{Account, Landing, Period, landing};
use ground::Room;
use ground::db::{self, Tx};
use ids::{EntryId, PracticeId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use money::Cents;

#[cfg(test)]
mod tests;

/// The books.
pub const ROOM: Room = Room {
    name: "ledger",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: None,
};

/// Undoes an entry by its mirror, on `on` but never before the entry itself. The entry stays. One
/// that was undone before stays undone: nothing more is posted.
///
/// # Errors
/// [`Error::Books`] where there is no such entry, it is a reversal itself, or its money has been
/// applied since.
pub async fn reverse(
    tx: &mut Tx,
    practice: PracticeId,
    of: EntryId,
    cause: Cause,
    on: Date,
) -> Result<Posted, Error> {
    lock(tx, practice).await?;
    if let Some(before) = queries::reversal_of(tx, practice, of).await? {
        return Ok(Posted::Before(before));
    }
    let known = bookkeeping::EntryId(of.0.as_u128());
    let old = queries::entry(tx, practice, of).await?;
    let (old, of_whom) = old.ok_or(bookkeeping::Error::NoSuchEntry(known))?;
    if old.reverses.is_some() {
        return Err(bookkeeping::Error::NotReversible(known).into());
    }
    let postings = old.mirrored()?;
    for posting in postings.iter().filter(|posting| !posting.cents.is_negative()) {
        if let Account::Unapplied(_) | Account::Forward(_) = posting.account {
            let holds = balance(tx, practice, posting.account).await?.negated()?;
            if holds < posting.cents {
                let account = posting.account;
                return Err(bookkeeping::Error::MoreThanThereIs { account, holds }.into());
            }
        }
    }
    let closed = queries::closed_through(tx, practice).await?;
    let landed = landing(on.max(old.on), closed);
    let is_adjustment = landing(old.on, closed).is_adjustment;
    let new = keeping::NewEntry {
        id: tx.house().new_id(),
        cause,
        rule: old.cause.rule,
        happened_on: on,
        landing: Landing { belongs_to: old.belongs_to, ..landed },
        of: of_whom,
        reverses: Some(of),
        adjusts: is_adjustment.then_some(of),
    };
    let id = new.id;
    keeping::insert_entries(tx, practice, &[(new, postings)]).await?;
    Ok(Posted::Now(id))
}

/// What an account holds: a debit balance is above zero.
///
/// # Errors
/// As the database says.
pub async fn balance(tx: &mut Tx, practice: PracticeId, account: Account) -> db::Result<Cents> {
    queries::balance(tx, practice, account).await
}

/// Closes a month for good: the one after the last closed month, or any when none is closed yet.
///
/// # Errors
/// [`Error::Books`] where the month is closed already or an earlier one is open.
pub async fn close(tx: &mut Tx, practice: PracticeId, month: Period) -> Result<(), Error> {
    lock(tx, practice).await?;
    let closed = queries::closed_through(tx, practice).await?;
    if closed.is_some_and(|closed| closed.next() != month) {
        return Err(bookkeeping::Error::PeriodOutOfOrder(month).into());
    }
    queries::insert_closed_month(tx, practice, month).await?;
    Ok(())
}

/// The day that it is at a practice.
///
/// # Errors
/// As the database says.
pub async fn today(tx: &mut Tx, practice: PracticeId) -> db::Result<Date> {
    let now = tx.house().now();
    let (_, zone) = queries::practice(tx, practice).await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Ok(now.to_zoned_datetime(zone).date())
}

/// The last closed month.
///
/// # Errors
/// As the database says.
pub async fn closed_through(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Period>> {
    queries::closed_through(tx, practice).await
}
