//! What a month came to: one statement for each clinician and one for the practice, for good.
//!
//! 1. Collected is money that the books have, never a charge.
//! 2. Sentence and amount of a line come from one clause of what was signed.
//! 3. What came in is the clinicians', the practice's and the operator's, to the cent.
//! 4. A closed month is locked. What comes to light later is a line of a later month, and names the
//!    line that it adjusts.
//! 5. Months close one after the other, none before it is over by the practice's clock, each once.
//!
//! It does not know how long anybody worked: that is their own.

mod behind;
mod events;
mod facts;
mod handed_in;
mod keeping;
mod model;
mod month;
mod queries;
mod routes;
mod settling;
mod views;
mod words;

#[cfg(test)]
mod tests;

pub use events::MonthClosed;
pub use handed_in::{Handed, HandedIn, PaidKind, hand_in, of_clinician as handed_in_by};
pub use model::{
    Adjusts, CannotClose, Error, Line, Part, RowKind, RowOf, Settled, Statement, Whom,
};

use bookkeeping::{Bearer, Event, Payee, Period, Sharer};
use ground::db::{self, Tx};
use ground::duty::{Duty, Finding, Presses};
use ground::policy::Role;
use ground::{Acting, Room, events as told};
use ids::{ClinicianId, PracticeId, StatementId};
use ledger::{Cause, CauseKind, Fact};
use money::Cents;

use crate::settling::{Closing, Posts};

/// Statements.
pub const ROOM: Room = Room {
    name: "payouts",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: Some(duties),
    around: None,
};

/// Whether a month was closed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Closed {
    /// A moment ago.
    Now,
    /// Earlier; nothing was changed.
    Before,
}

/// The month that closes next: the one after the last closed, or the first with an entry.
///
/// # Errors
/// As the database says.
pub async fn next_to_close(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Period>> {
    match ledger::closed_through(tx, practice).await? {
        Some(closed) => Ok(Some(closed.next())),
        None => queries::first_month(tx, practice).await,
    }
}

/// Whether a month is over by the practice's clock.
///
/// # Errors
/// As the database says.
pub async fn is_over(tx: &mut Tx, practice: PracticeId, month: Period) -> db::Result<bool> {
    Ok(month.last_day() < ledger::today(tx, practice).await?)
}

/// Closes a month: writes its statements, posts whose the money is, and locks it.
///
/// # Errors
/// [`Error::Cannot`] with what is to be done; nothing was written then.
pub async fn close(tx: &mut Tx, practice: PracticeId, month: Period) -> Result<Closed, Error> {
    // Nothing is posted between what is counted here and the lock.
    ledger::lock(tx, practice).await?;
    if queries::is_closed(tx, practice, month).await? {
        return Ok(Closed::Before);
    }
    let next = next_to_close(tx, practice).await?;
    if next != Some(month) {
        return Err(CannotClose::NotNext(next).into());
    }
    if !is_over(tx, practice, month).await? {
        return Err(CannotClose::NotOver(month).into());
    }
    let closing = settling::settle(&facts::facts(tx, practice, month).await?)?;
    write(tx, practice, month, &closing).await?;
    ledger::close(tx, practice, month).await?;
    Ok(Closed::Now)
}

async fn write(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    closing: &Closing,
) -> Result<(), Error> {
    let ids: Vec<StatementId> = closing.statements.iter().map(|_| tx.house().new_id()).collect();
    keeping::insert_closing(tx, practice, month, closing, &ids).await?;
    let mut facts = Vec::new();
    for (id, (settled, posts)) in ids.iter().zip(&closing.statements) {
        let cause = Cause::new(CauseKind::Statement, *id);
        let events = postings(settled.whom, *posts);
        facts.extend(events.map(|event| Fact::new(cause, month.last_day(), event)));
    }
    ledger::post_all(tx, practice, &facts).await?;
    for (id, (settled, _)) in ids.iter().zip(&closing.statements) {
        if let Whom::Practice(_) = settled.whom {
            let statements = closing.statements.len();
            let event = MonthClosed { month: month.first_day(), statement: *id, statements };
            told::tell(tx, practice, &event).await?;
        }
    }
    Ok(())
}

/// What a statement makes somebody's.
fn postings(whom: Whom, Posts { share, fee }: Posts) -> impl Iterator<Item = Event> {
    let (to, borne_by) = match whom {
        Whom::Clinician(clinician) => {
            let clinician = ledger::clinician_ref(clinician);
            (Sharer::Clinician(clinician), Bearer::Clinician(clinician))
        }
        Whom::Practice(_) => (Sharer::Practice, Bearer::Practice),
    };
    let share = (share != Cents::ZERO).then_some(Event::Share { to, cents: share });
    let fee = Event::Fee { to: Payee::Operator, borne_by, cents: fee };
    let fee = (fee.cents() != Cents::ZERO).then_some(fee);
    share.into_iter().chain(fee)
}

/// A statement with its lines; their rows are read line by line.
///
/// # Errors
/// As the database says.
pub async fn statement(
    tx: &mut Tx,
    practice: PracticeId,
    id: StatementId,
) -> db::Result<Option<Statement>> {
    let Some(mut found) = queries::statements(tx, practice, None, Some(id)).await?.pop() else {
        return Ok(None);
    };
    found.is.lines = queries::lines(tx, practice, id).await?;
    Ok(Some(found))
}

/// The statements about one clinician's work with their lines, newest month first.
///
/// # Errors
/// As the database says.
pub async fn statements_of(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Vec<Statement>> {
    let mut all = queries::statements(tx, practice, Some(clinician), None).await?;
    for statement in &mut all {
        statement.is.lines = queries::lines(tx, practice, statement.id).await?;
    }
    Ok(all)
}

/// What a month that is open comes to so far for a clinician; none where nothing does.
///
/// # Errors
/// [`Error::Cannot`] where it could not be closed as it is.
pub async fn so_far(
    tx: &mut Tx,
    practice: PracticeId,
    month: Period,
    clinician: ClinicianId,
) -> Result<Option<Settled>, Error> {
    let closing = settling::settle(&facts::facts(tx, practice, month).await?)?;
    let all = closing.statements.into_iter().map(|(settled, _)| settled);
    Ok(all.into_iter().find(|it| it.whom.clinician() == Some(clinician)))
}

/// An owner is asked to close a month that is over.
fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        let Acting::Workforce(worker) = tx.acting().clone() else {
            return Ok(Vec::new());
        };
        let owns = |it: &&ground::acting::Place| !it.is_operator && it.roles.contains(&Role::Owner);
        let mut found = Vec::new();
        for place in worker.places.iter().filter(owns) {
            let practice = place.practice;
            let Some(month) = next_to_close(tx, practice).await? else { continue };
            if is_over(tx, practice, month).await? {
                found.push(Duty {
                    practice,
                    presses: Presses::Soon,
                    what: words::duty(month),
                    why: words::DUTY_WHY.into(),
                    due: None,
                    action: words::DUTY_ACTION.into(),
                    href: format!("/p/{practice}/statements"),
                });
            }
        }
        Ok(found)
    })
}
