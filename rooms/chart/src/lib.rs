//! What clinicians write about the people whom they treat: diagnoses, and a note for each session.
//!
//! ```text
//! draft ──save (every other second)──▶ draft ──sign──▶ signed ──amend──▶ signed, with an addition
//!   ╰──save from another window──▶ kept beside it, until its author takes it in or leaves it out
//! ```
//! 1. Facts and text stand apart: who, when and in which state may be listed; what a note says is
//!    sealed, and opened by a permit for one client.
//! 2. A [`Draft`] can be saved and signed, a [`Signed`] can be amended: one cannot be taken for the
//!    other. The database says the same to every program.
//! 3. Nothing that was typed is lost: not to another window, and not to a crash but for the last
//!    two seconds.
//! 4. Nobody but its author writes, signs or amends a note.
//! 5. A charge learns of a signed note its time, its kind of service and the codes of what was
//!    treated, and nothing else.
//!
//! It does not know what a session costs, nor who pays.

mod diagnosis;
mod events;
mod list;
mod model;
mod note;
mod page;
mod queries;
mod sealed;
mod sheet;
mod views;
mod words;
mod writing;

pub mod cast;

pub use events::NoteSigned;
pub use model::{
    About, Billable, Diagnosed, Draft, Hers, Kept, Note, Save, Signed, Soap, Unsigned,
};
pub use queries::{billable, note_of};
pub use writing::settle as settle_writing;

use ground::db::{self, Tx};
use ground::{Duty, Permit, Room, duty, events as outbox};
use ids::{ClientId, PracticeId, Uuid};
use jiff::civil::Date;
use session::Session;

#[cfg(test)]
mod tests;

/// The chart, the note of a session, and what is not signed yet.
pub const ROOM: Room = Room {
    name: "chart",
    routes: note::routes,
    listens: &[],
    jobs: &[],
    duties: Some(duties),
    around: None,
};

/// Saves a draft as its author typed it in one window. Where another window saved it meanwhile, the
/// words are kept beside the note.
///
/// # Errors
/// As the database says; `signed_note_stays` where it was signed meanwhile.
pub async fn save(
    tx: &mut Tx,
    permit: &Permit,
    draft: &Draft,
    save: Save,
    text: &Soap,
) -> db::Result<Kept> {
    let about = &draft.about;
    permit.is_for("write_note", about.id);
    tx.write_in_chart(permit, about.client).await?;
    let now = tx.house().now();
    let kept = match queries::save(tx, draft, save, now).await? {
        Some(version) => {
            sealed::put_text(tx, about, text).await?;
            Kept::InTheNote { version, at: now }
        }
        None => {
            sealed::put_aside(tx, about, save.tab, text, now).await?;
            Kept::Beside { at: now }
        }
    };
    writing::touch(tx, about, now).await?;
    Ok(kept)
}

/// Signs a draft as its author saw it, which locks it: its time and the codes of what was treated
/// that day are written down with it, and later rooms are told.
///
/// # Errors
/// As the database says; [`Unsigned`] says what stands against it.
pub async fn sign(
    tx: &mut Tx,
    permit: &Permit,
    draft: &Draft,
    seen: i32,
    session: &Session,
) -> db::Result<Result<Signed, Unsigned>> {
    let about = &draft.about;
    permit.is_for("sign_note", about.id);
    tx.write_in_chart(permit, about.client).await?;
    let now = tx.house().now();
    if sealed::letters(tx, about).await? == 0 {
        return Ok(Err(Unsigned::Blank));
    }
    if !sealed::asides(tx, about).await?.is_empty() {
        return Ok(Err(Unsigned::Aside));
    }
    let Some(actual) = session.actual() else {
        return Ok(Err(Unsigned::NotTimed));
    };
    let zone = hours::zone(tx, about.practice).await?;
    let on = actual.began_at.to_zoned_datetime(zone).date();
    let treated = sealed::diagnoses_on(tx, about.practice, about.client, on).await?;
    queries::insert_treated(tx, about, &treated).await?;
    let signed = draft.sign(now, &actual, session.place);
    if !queries::sign(tx, &signed, seen).await? {
        return Ok(Err(Unsigned::Changed));
    }
    writing::touch(tx, about, now).await?;
    writing::close(tx, about, now).await?;
    outbox::tell(tx, about.practice, &NoteSigned::of(&signed)).await?;
    Ok(Ok(signed))
}

/// Adds to a signed note, which stays as it was. `id` is the form's once-key.
///
/// # Errors
/// As the database says; `amendment_pkey` where the same was added before.
pub async fn amend(
    tx: &mut Tx,
    permit: &Permit,
    signed: &Signed,
    id: Uuid,
    text: &str,
) -> db::Result<()> {
    permit.is_for("amend_note", signed.about.id);
    tx.write_in_chart(permit, signed.about.client).await?;
    let now = tx.house().now();
    sealed::put_amendment(tx, &signed.about, id, text, now).await
}

/// Says that a client has a diagnosis from a day on. `id` is the form's once-key. False where they
/// have it already.
///
/// # Errors
/// As the database says; `diagnosis_pkey` where the same was said before.
pub async fn diagnose(
    tx: &mut Tx,
    permit: &Permit,
    hers: Hers,
    id: Uuid,
    diagnosis: &'static codes::Diagnosis,
    since: Date,
) -> db::Result<bool> {
    permit.is_for("diagnose", hers.client);
    tx.write_in_chart(permit, hers.client).await?;
    // Two windows that diagnose at once find each other.
    queries::lock_client(tx, hers).await?;
    let all = sealed::diagnoses(tx, hers.practice, hers.client).await?;
    let has = |it: &&Diagnosed| it.code == diagnosis.code && it.until.is_none() && it.id != id;
    if all.iter().any(|it| has(&it)) {
        return Ok(false);
    }
    let now = tx.house().now();
    sealed::put_diagnosis(tx, hers, id, diagnosis.code, since, now).await?;
    Ok(true)
}

/// Says that a client has a diagnosis no more after a day. False where that was said before.
///
/// # Errors
/// As the database says; `diagnosis_ends_later` where the day is before its first.
pub async fn end_diagnosis(
    tx: &mut Tx,
    permit: &Permit,
    hers: Hers,
    id: Uuid,
    until: Date,
) -> db::Result<bool> {
    permit.is_for("diagnose", hers.client);
    tx.write_in_chart(permit, hers.client).await?;
    let now = tx.house().now();
    sealed::end_diagnosis(tx, hers, id, until, now).await
}

/// All that a client was diagnosed with, what still holds first. The chart must be open.
///
/// # Errors
/// As the database says.
pub async fn diagnoses(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Vec<Diagnosed>> {
    sealed::diagnoses(tx, practice, client).await
}

/// Sessions of the one who looks that have ended and whose notes are not signed.
fn duties(tx: &mut Tx) -> duty::Finding<'_> {
    Box::pin(async move {
        let Some(person) = tx.acting().person() else {
            return Ok(vec![]);
        };
        let unsigned = queries::unsigned(tx, person).await?;
        let duty = |it: queries::Listed| Duty {
            practice: it.practice,
            presses: duty::Presses::Soon,
            what: words::unsigned_note(&it.client_name),
            why: words::SESSION_ENDED.into(),
            due: None,
            action: if it.saved_at.is_some() { words::GO_ON } else { words::WRITE }.into(),
            href: note::at(it.practice, it.session),
        };
        Ok(unsigned.into_iter().map(duty).collect())
    })
}
