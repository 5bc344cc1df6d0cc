//! Signed notes of the cast: for tests of later rooms, and for the demo. They go through the room's
//! own verbs, as the clinician.

use codes::Service;
use ground::policy::Act;
use ground::{Acting, House, web};
use ids::{ClientId, NoteId, PracticeId, SessionId};
use jiff::civil::Date;

use crate::model::{Draft, Hers, Kept, Note, Save, Soap};

/// A session's note is written and signed.
///
/// # Errors
/// As the database says; [`web::Error::NotFound`] where there is no such session, and
/// [`web::Error::Conflict`] where it cannot be signed.
pub async fn signed(
    house: &House,
    acting: &Acting,
    practice: PracticeId,
    session: SessionId,
    service: Service,
    text: &Soap,
) -> web::Result<NoteId> {
    let known = acting.known(practice).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(acting).await?;
    let session = session::session(&mut tx, practice, session).await?;
    let session = session.ok_or(web::Error::NotFound)?;
    let Note::Draft(draft) = crate::note_of(&mut tx, &session).await? else {
        return Err(web::Error::Conflict("it is signed".into()));
    };
    let permit = tx.may(Act::WriteNote, &draft.about, &[&known]).await?;
    let save = Save { tab: house.new_id(), seen: draft.version, service };
    let kept = crate::save(&mut tx, &permit, &draft, save, text).await?;
    let Kept::InTheNote { version, .. } = kept else {
        return Err(web::Error::Conflict("another window writes on it".into()));
    };
    let permit = tx.may(Act::SignNote, &draft.about, &[&known]).await?;
    let mut about = draft.about.clone();
    about.service = service;
    let draft = Draft { about, version, saved_at: Some(house.now()) };
    let signed = crate::sign(&mut tx, &permit, &draft, version, &session).await?;
    let signed =
        signed.map_err(|why| web::Error::Conflict(format!("it is not signed: {why:?}")))?;
    tx.commit().await?;
    Ok(signed.about.id)
}

/// A client has a diagnosis from a day on.
///
/// # Errors
/// As the database says; [`web::Error::NotFound`] where the list has no such code.
pub async fn diagnosed(
    house: &House,
    acting: &Acting,
    practice: PracticeId,
    client: ClientId,
    code: &str,
    since: Date,
) -> web::Result<()> {
    let known = acting.known(practice).ok_or(web::Error::NotFound)?;
    let by = acting.person().ok_or(web::Error::NotFound)?;
    let diagnosis = codes::diagnosis(code).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(acting).await?;
    let chart = offers::chart_of(&mut tx, practice, client).await?;
    let permit = tx.may(Act::Diagnose, &chart, &[&known]).await?;
    let hers = Hers { practice, client, by };
    crate::diagnose(&mut tx, &permit, hers, house.new_id(), diagnosis, since).await?;
    Ok(tx.commit().await?)
}
