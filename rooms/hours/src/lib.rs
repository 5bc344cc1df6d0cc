//! When each clinician works, as she says it: open hours, dates that differ, leave, time that is
//! hers alone, and whether she takes anybody new.
//!
//! 1. Nobody but the clinician changes any of it; a trigger says so to whatever forgot to ask.
//! 2. Times are wall clock of the practice, and become instants late, by the program's own tzdata.
//! 3. Kept time is also spelled out as stretches, [`HORIZON_WEEKS`] ahead at least, so that whoever
//!    books can be refused by a constraint. A job spells them out further each Monday; it adds what
//!    she said, and gives nothing back.
//! 4. Whoever books, protects time, or puts somebody before her takes the [`lock`] first.
//!
//! It does not know what is booked in these hours, nor whom she treats.

mod events;
mod form;
mod model;
mod queries;
mod routes;
mod views;
mod words;

pub mod cast;

pub use events::{IntakePaused, IntakeReopened};
pub use model::{
    Asked, Exception, HORIZON_WEEKS, Hours, Intake, Kept, KeptFor, Leave, Pattern, Protected, Row,
    Said, Window,
};
pub use openings;
pub use queries::zone;

use ground::db::{self, Tx};
use ground::html::Link;
use ground::jobs::{self, Job, Order, Task, Way};
use ground::work::{Doing, Failure};
use ground::{Room, events as outbox};
use ids::{ClinicianId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use maud::{Markup, html};

use crate::model::{SPELLED_WEEKS, next_monday, spell, whole_days};
use crate::queries::Whose;

#[cfg(test)]
mod tests;

/// When clinicians work.
pub const ROOM: Room = Room {
    name: "hours",
    routes: routes::routes,
    listens: &[],
    jobs: &[SPELL_OUT, REOPEN],
    duties: None,
    around: None,
};

/// Spells out protected time further, each Monday.
const SPELL_OUT: Job = Job { kind: "hours.spell_out", way: Way::Inside(spell_out) };
/// Ends a pause on the date that was named when it began.
const REOPEN: Job = Job { kind: "hours.reopen", way: Way::Inside(reopen_on_date) };

/// Locks a clinician's calendar until this transaction ends: nothing of hers is booked, protected or
/// paused meanwhile.
///
/// # Errors
/// As the database says; [`db::Error::Broken`] where the one who acts may see no such clinician.
pub async fn lock(tx: &mut Tx, practice: PracticeId, clinician: ClinicianId) -> db::Result<()> {
    queries::lock(tx, Whose { practice, clinician }).await.map(drop)
}

/// The date that it is by a practice's wall clock.
///
/// # Errors
/// As the database says.
pub async fn today(tx: &mut Tx, practice: PracticeId) -> db::Result<Date> {
    let now = tx.house().now();
    Ok(now.to_zoned_datetime(zone(tx, practice).await?).date())
}

/// All that a clinician said and that stands, from today on.
///
/// # Errors
/// As the database says.
pub async fn said(tx: &mut Tx, practice: PracticeId, clinician: ClinicianId) -> db::Result<Said> {
    let today = today(tx, practice).await?;
    queries::said(tx, Whose { practice, clinician }, today).await
}

/// The same in the words of `openings`: what a question about her needs beside what is booked.
///
/// # Errors
/// As the database says.
pub async fn pattern(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Pattern> {
    let said = said(tx, practice, clinician).await?;
    Ok(Pattern::of(zone(tx, practice).await?, &said))
}

/// What of a clinician's time is kept and meets a span, earliest first.
///
/// # Errors
/// As the database says.
pub async fn kept(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    span: (Timestamp, Timestamp),
) -> db::Result<Vec<Kept>> {
    queries::kept(tx, Whose { practice, clinician }, span).await
}

/// Whether a clinician takes anybody new today, and how many clients in all. Under [`lock`], it
/// stays so until the transaction ends.
///
/// # Errors
/// As the database says.
pub async fn intake(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<Intake> {
    let today = today(tx, practice).await?;
    queries::intake(tx, Whose { practice, clinician }, today).await
}

/// The pause of one's own intake as a switch with its number, for the top of another of her pages.
/// `once` is its once-key.
pub fn pause_switch(
    practice: PracticeId,
    clinician: ClinicianId,
    intake: &Intake,
    once: &str,
) -> Markup {
    let at = views::path(practice, clinician);
    let change = Link::to(&*at, words::CHANGE_INTAKE);
    let detail = html! { (words::taking(intake)) " · " (change) };
    views::taking(&at, intake, once, detail)
}

/// Opens hours of each week. The same `once` again changes nothing.
///
/// # Errors
/// As the database says; `weekly_hours_do_not_overlap` where they meet open hours.
pub async fn open_week(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    once: Uuid,
    windows: &[Window],
) -> db::Result<()> {
    let now = tx.house().now();
    for (at, window) in windows.iter().enumerate() {
        let whose = Whose { practice, clinician };
        queries::insert_weekly(tx, whose, nth(once, at), *window, now).await?;
    }
    Ok(())
}

/// Closes hours that were open each week.
///
/// # Errors
/// As the database says.
pub async fn close_week(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    weekly: Uuid,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::close_weekly(tx, Whose { practice, clinician }, weekly, now).await
}

/// Gives one date other hours than its week says, or none. The same `once` again changes nothing.
///
/// # Errors
/// As the database says; `exception_says_one_thing` where the date has such hours already.
pub async fn except(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    once: Uuid,
    exception: Exception,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::insert_exception(tx, Whose { practice, clinician }, once, exception, now).await
}

/// Lets a date be like its week again.
///
/// # Errors
/// As the database says.
pub async fn end_exception(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    exception: Uuid,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::end_exception(tx, Whose { practice, clinician }, exception, now).await
}

/// Takes leave. What is booked in it already stays booked. The same `once` again changes nothing.
///
/// # Errors
/// As the database says; `leave_does_not_overlap` where part of it is taken already.
pub async fn take_leave(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    once: Uuid,
    leave: Leave,
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    let (zone, now) = (zone(tx, practice).await?, tx.house().now());
    if queries::insert_leave(tx, whose, once, leave, now).await? {
        let days = whole_days(&zone, leave);
        queries::insert_leave_stretch(tx, whose, once, leave.from_date, days).await?;
    }
    Ok(())
}

/// Gives leave back.
///
/// # Errors
/// As the database says.
pub async fn give_back_leave(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    leave: Uuid,
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    let now = tx.house().now();
    queries::give_back_leave(tx, whose, leave, now).await?;
    queries::give_back_stretches(tx, whose, leave, now).await
}

/// Sets time of each week apart, so that nobody else can open it. What is booked in it already
/// stays booked. The same `once` again changes nothing.
///
/// # Errors
/// As the database says; `protected_time_does_not_overlap` where it meets protected time.
pub async fn protect(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    once: Uuid,
    protected: &[Protected],
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    let now = tx.house().now();
    for (at, rule) in protected.iter().enumerate() {
        queries::insert_protected(tx, whose, nth(once, at), *rule, now).await?;
    }
    spell_out_for(tx, whose).await
}

/// Gives protected time back, from now on.
///
/// # Errors
/// As the database says.
pub async fn give_back(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    protected: Uuid,
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    let now = tx.house().now();
    queries::give_back_protected(tx, whose, protected, now).await?;
    queries::give_back_stretches(tx, whose, protected, now).await
}

/// Says how many clients a clinician takes at most.
///
/// # Errors
/// As the database says.
pub async fn set_capacity(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    clients_max: Option<u16>,
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    queries::set_clients_max(tx, whose, clients_max).await
}

/// Takes nobody new from now on, until a date if one is named.
///
/// # Errors
/// As the database says.
pub async fn pause(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    reopens_on: Option<Date>,
) -> db::Result<()> {
    let whose = Whose { practice, clinician };
    queries::lock(tx, whose).await?;
    let now = tx.house().now();
    queries::pause(tx, whose, reopens_on, now).await?;
    if let Some(day) = reopens_on {
        ask_on(tx, whose, REOPEN.kind, day).await?;
    }
    outbox::tell(tx, practice, &IntakePaused { clinician, reopens_on }).await.map(drop)
}

/// Takes new clients again.
///
/// # Errors
/// As the database says.
pub async fn reopen(tx: &mut Tx, practice: PracticeId, clinician: ClinicianId) -> db::Result<()> {
    reopen_by(tx, Whose { practice, clinician }, None).await
}

async fn reopen_by(tx: &mut Tx, whose: Whose, by: Option<Date>) -> db::Result<()> {
    queries::lock(tx, whose).await?;
    if queries::reopen(tx, whose, by).await? {
        let event = IntakeReopened { clinician: whose.clinician };
        outbox::tell(tx, whose.practice, &event).await?;
    }
    Ok(())
}

/// The job that ends a pause on its date; one that was given a later end, or none, goes on.
fn reopen_on_date<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let whose = Whose { practice: task.practice, clinician: ClinicianId(task.subject) };
        let today = today(tx, whose.practice).await?;
        reopen_by(tx, whose, Some(today)).await.map_err(Failure::from)
    })
}

/// The job that spells out protected time further, and asks for itself next Monday.
fn spell_out<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let whose = Whose { practice: task.practice, clinician: ClinicianId(task.subject) };
        queries::lock(tx, whose).await?;
        spell_out_for(tx, whose).await.map_err(Failure::from)
    })
}

/// Spells out all protected time that stands. Ask under the lock.
async fn spell_out_for(tx: &mut Tx, whose: Whose) -> db::Result<()> {
    let zone = zone(tx, whose.practice).await?;
    let today = tx.house().now().to_zoned_datetime(zone.clone()).date();
    let last = today.saturating_add(SPELLED_WEEKS.weeks());
    let rules = queries::protected(tx, whose).await?;
    for rule in &rules {
        let spelled = spell(&zone, rule.is, today, last);
        queries::insert_protected_stretches(tx, whose, rule.id, &spelled).await?;
    }
    queries::set_spelled_to(tx, whose, last).await?;
    if rules.is_empty() {
        return Ok(());
    }
    ask_on(tx, whose, SPELL_OUT.kind, next_monday(today)).await
}

/// Asks for a job about a clinician when a date begins by the practice's wall clock, once for each
/// date.
async fn ask_on(tx: &mut Tx, whose: Whose, kind: &'static str, day: Date) -> db::Result<()> {
    let zone = zone(tx, whose.practice).await?;
    let (due_at, _) = whole_days(&zone, Leave { from_date: day, to_date: day });
    let once_key = format!("{}/{day}", whose.clinician);
    let (practice, subject) = (whose.practice, whose.clinician.0);
    jobs::ask(tx, Order { practice, kind, subject, once_key: &once_key, due_at }).await
}

/// The id of the `at`-th row that one form makes: the same form again makes the same rows.
fn nth(once: Uuid, at: usize) -> Uuid {
    Uuid::from_u128(once.as_u128() ^ at as u128)
}
