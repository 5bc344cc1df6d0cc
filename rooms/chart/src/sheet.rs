//! What the page of a note shows: loaded once, for whoever may see it.

use ground::db::Tx;
use ground::policy::{Act, Practice};
use ground::web;
use ids::{PracticeId, SessionId, Uuid};
use jiff::tz::TimeZone;
use offers::Chart;
use session::Session;

use crate::model::{Diagnosed, Note, Signed, Soap};
use crate::sealed::{Amendment, Aside};
use crate::{queries, sealed};

/// A note on its page.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub session: Session,
    pub note: Note,
    pub body: Body,
    pub client_name: String,
    pub author_name: String,
    pub zone: TimeZone,
    /// The one who looks wrote it.
    pub is_theirs: bool,
    /// What those see beside it who treat the client today.
    pub beside: Option<Beside>,
}

/// What the note says.
#[derive(Debug)]
pub(crate) enum Body {
    Draft { text: Soap, asides: Vec<Aside> },
    Signed { text: Soap, amendments: Vec<Amendment> },
}

/// What stands beside a note.
#[derive(Debug)]
pub(crate) struct Beside {
    pub last: Option<(Signed, Soap)>,
    pub diagnoses: Vec<Diagnosed>,
}

/// A session of a practice, as the one who acts knows both. Staff of the operator see no clinical
/// page of any practice: they are refused on the record before anything is loaded.
pub(crate) async fn session_of(
    tx: &mut Tx,
    id: PracticeId,
    session: Uuid,
) -> web::Result<(Practice, Session)> {
    let practice = tx.acting().known(id).ok_or(web::Error::NotFound)?;
    refuse_staff(tx, &practice, id, Uuid::nil()).await?;
    let session = session::session(tx, id, SessionId(session)).await?;
    Ok((practice, session.ok_or(web::Error::NotFound)?))
}

/// Refuses staff of the operator, whom no agreement lets read a chart.
pub(crate) async fn refuse_staff(
    tx: &mut Tx,
    practice: &Practice,
    id: PracticeId,
    client: Uuid,
) -> web::Result<()> {
    if tx.acting().is_staff_in(id) {
        let chart = Chart { practice: id, client: client.into(), treated_by: vec![] };
        tx.may(Act::OpenChart, &chart, &[practice]).await?;
    }
    Ok(())
}

/// Opens a note: a draft for its author, who may have ceased to treat before it is written; what is
/// signed, and what stands beside it, for those who treat the client today.
pub(crate) async fn load(tx: &mut Tx, practice: &Practice, session: Session) -> web::Result<Sheet> {
    let note = queries::note_of(tx, &session).await?;
    let about = note.about().clone();
    let chart = offers::chart_of(tx, about.practice, about.client).await?;
    let treats = tx.would_allow(&Act::OpenChart, &chart, &[practice]);
    let permit = match &note {
        Note::Draft(draft) => tx.may(Act::WriteNote, &draft.about, &[practice]).await?,
        Note::Signed(_) => tx.may(Act::OpenChart, &chart, &[practice]).await?,
    };
    tx.open_chart(&permit, about.client).await?;
    let text = sealed::text(tx, &about).await?.unwrap_or_default();
    let body = match &note {
        Note::Draft(_) => Body::Draft { text, asides: sealed::asides(tx, &about).await? },
        Note::Signed(_) => Body::Signed { text, amendments: sealed::amendments(tx, &about).await? },
    };
    let beside = if treats { Some(beside(tx, &session, &note).await?) } else { None };
    let client_name = queries::client_name(tx, about.practice, about.client).await?;
    Ok(Sheet {
        body,
        beside,
        client_name: client_name.ok_or(web::Error::NotFound)?,
        author_name: queries::author_name(tx, about.practice, about.author).await?,
        zone: hours::zone(tx, about.practice).await?,
        is_theirs: tx.acting().person() == Some(about.author),
        session,
        note,
    })
}

/// The last signed note and what holds on the session's day.
async fn beside(tx: &mut Tx, session: &Session, note: &Note) -> web::Result<Beside> {
    let about = note.about();
    let began_at = session.measured.began_at;
    let mut last = None;
    if let Some(id) = queries::signed_before(tx, about, began_at).await?
        && let Some(before) = session::session(tx, about.practice, id).await?
        && let Note::Signed(signed) = queries::note_of(tx, &before).await?
    {
        let text = sealed::text(tx, &signed.about).await?.unwrap_or_default();
        last = Some((signed, text));
    }
    let on = began_at.to_zoned_datetime(hours::zone(tx, about.practice).await?).date();
    let diagnoses = sealed::diagnoses_on(tx, about.practice, about.client, on).await?;
    Ok(Beside { last, diagnoses })
}
