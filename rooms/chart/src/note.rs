//! The note of a session: written, reviewed, signed, amended.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use codes::Service;
use ground::db::{self, Tx};
use ground::gate::Permit;
use ground::html::{Faults, Typed};
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PracticeId, SessionId, Uuid};
use session::Session;

use crate::model::{Draft, Kept, Note, SECTION_MAX, Save, Signed, Soap, Unsigned};
use crate::sheet::{self, Body, Sheet};
use crate::{list, page, queries, sealed, views, words, writing};

/// The table of the whole room.
pub(crate) fn routes() -> Routes {
    let note = "/p/{practice}/sessions/{session}/note";
    let routes = Routes::new()
        .get(note, Asks::act("write_note"), show)
        .post(note, Asks::act("write_note"), save)
        .post("/p/{practice}/sessions/{session}/note/saves", Asks::act("write_note"), autosave)
        .post("/p/{practice}/sessions/{session}/note/asides", Asks::act("write_note"), settle)
        .get("/p/{practice}/sessions/{session}/note/review", Asks::act("write_note"), review)
        .post("/p/{practice}/sessions/{session}/note/signature", Asks::act("sign_note"), sign)
        .post("/p/{practice}/sessions/{session}/note/amendments", Asks::act("amend_note"), amend);
    page::routes(list::routes(routes))
}

/// Where a session's note is.
pub(crate) fn at(practice: PracticeId, session: SessionId) -> String {
    format!("/p/{practice}/sessions/{session}/note")
}

fn to(path: &str) -> Response {
    Redirect::to(path).into_response()
}

async fn show(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let (practice, session) = sheet::session_of(&mut tx, PracticeId(id), session).await?;
    let sheet = sheet::load(&mut tx, &practice, session).await?;
    writing::settle(&mut tx).await?;
    tx.commit().await?;
    Ok(drawn(&house, &sheet, None, &Faults::none()).into_response())
}

/// The page of a note: as it is kept, or as it was typed where the form came back.
fn drawn(house: &House, sheet: &Sheet, typed: Option<&Typed>, faults: &Faults) -> maud::Markup {
    let once = house.new_id::<Uuid>().to_string();
    match (&sheet.note, &sheet.body) {
        (Note::Draft(draft), Body::Draft { text, asides }) => {
            let kept = text
                .typed()
                .with("version", draft.version.to_string())
                .with("tab", house.new_id::<Uuid>().to_string())
                .with("service", draft.about.service.word());
            let draft = views::note::Open { sheet, draft, asides };
            views::note::draft(&once, draft, typed.unwrap_or(&kept), faults)
        }
        (Note::Signed(signed), Body::Signed { text, amendments }) => {
            let nothing = Typed::none();
            let shown = views::note::Shut { sheet, signed, text, amendments };
            views::note::signed(&once, shown, typed.unwrap_or(&nothing), faults)
        }
        _ => unreachable!("a note is loaded with the body of its state"),
    }
}

/// What a window sends: the words, and which version it saw.
fn read(typed: &Typed) -> (Save, Result<Soap, Faults>) {
    let save = Save {
        tab: typed.one("tab").parse::<SessionId>().map_or(Uuid::nil(), |id| id.0),
        seen: typed.one("version").parse().unwrap_or(0),
        service: typed.one("service").parse().unwrap_or(Service::Individual),
    };
    (save, Soap::read(typed))
}

/// What became of words that were sent.
enum Sent {
    Kept(Kept),
    Faults(Faults),
    /// The note was signed meanwhile; nothing was written.
    TooLate,
}

/// Takes the words of one window.
async fn take(
    house: &House,
    acting: &Acting,
    id: PracticeId,
    session: Uuid,
    typed: &Typed,
) -> web::Result<Sent> {
    let mut tx = house.begin(acting).await?;
    let (practice, session) = sheet::session_of(&mut tx, id, session).await?;
    let note = queries::note_of(&mut tx, &session).await?;
    let permit = tx.may(Act::WriteNote, note.about(), &[&practice]).await?;
    let Note::Draft(draft) = note else {
        return Ok(Sent::TooLate);
    };
    let (save, text) = read(typed);
    let text = match text {
        Ok(text) => text,
        Err(faults) => return Ok(Sent::Faults(faults)),
    };
    // A new window that was not written in is no note yet.
    if draft.version == 0 && text.letters() == 0 {
        return Ok(Sent::Kept(Kept::InTheNote { version: 0, at: house.now() }));
    }
    match crate::save(&mut tx, &permit, &draft, save, &text).await {
        Ok(kept) => {
            tx.commit().await?;
            Ok(Sent::Kept(kept))
        }
        Err(db::Error::Conflict(name)) if name == "signed_note_stays" => Ok(Sent::TooLate),
        Err(error) => Err(error.into()),
    }
}

async fn save(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let back = at(id, SessionId(session));
    match take(&house, &acting, id, session, &typed).await? {
        Sent::Kept(Kept::InTheNote { .. }) if typed.one("then") == "review" => {
            Ok(to(&format!("{back}/review")))
        }
        Sent::Kept(_) => Ok(to(&back)),
        Sent::Faults(faults) => {
            again(&house, &acting, id, session, &typed, &faults, StatusCode::UNPROCESSABLE_ENTITY)
                .await
        }
        Sent::TooLate => {
            let typed = as_amendment(&typed);
            let faults = Faults::none();
            again(&house, &acting, id, session, &typed, &faults, StatusCode::CONFLICT).await
        }
    }
}

/// Words that came after the signature, as an amendment that is not added yet.
fn as_amendment(typed: &Typed) -> Typed {
    let sections = ["subjective", "objective", "assessment", "plan"];
    let words: Vec<&str> =
        sections.iter().map(|name| typed.one(name).trim()).filter(|it| !it.is_empty()).collect();
    Typed::none().with("amendment", words.join("\n\n")).with("late", "yes")
}

/// The page once more, with what was typed.
async fn again(
    house: &House,
    acting: &Acting,
    id: PracticeId,
    session: Uuid,
    typed: &Typed,
    faults: &Faults,
    status: StatusCode,
) -> web::Result {
    let mut tx = house.begin(acting).await?;
    let (practice, session) = sheet::session_of(&mut tx, id, session).await?;
    let sheet = sheet::load(&mut tx, &practice, session).await?;
    tx.commit().await?;
    Ok((status, drawn(house, &sheet, Some(typed), faults)).into_response())
}

/// A save by the page itself: one sentence back, and the version that it made.
async fn autosave(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let answer = match take(&house, &acting, id, session, &typed).await? {
        Sent::Kept(Kept::InTheNote { version, at }) => {
            let mut tx = house.begin(&acting).await?;
            let zone = hours::zone(&mut tx, id).await?;
            let mut response = views::note::saved(&at.to_zoned_datetime(zone)).into_response();
            response.headers_mut().insert("x-version", HeaderValue::from(version));
            response
        }
        Sent::Kept(Kept::Beside { .. }) => {
            (StatusCode::CONFLICT, words::KEPT_BESIDE).into_response()
        }
        Sent::Faults(_) => {
            (StatusCode::UNPROCESSABLE_ENTITY, words::SECTION_TOO_LONG).into_response()
        }
        Sent::TooLate => (StatusCode::GONE, words::SIGNED_MEANWHILE).into_response(),
    };
    Ok(answer)
}

/// The draft of a session, for its author, with a yes to this act on it; nothing where it is signed
/// already. Whoever is not its author is refused before they can tell which.
async fn draft_of(
    tx: &mut Tx,
    act: Act,
    id: PracticeId,
    session: Uuid,
) -> web::Result<(Permit, Session, Option<Draft>)> {
    let (practice, session) = sheet::session_of(tx, id, session).await?;
    let note = queries::note_of(tx, &session).await?;
    let permit = tx.may(act, note.about(), &[&practice]).await?;
    let draft = match note {
        Note::Draft(draft) => Some(draft),
        Note::Signed(_) => None,
    };
    Ok((permit, session, draft))
}

/// Takes in what another window wrote, or leaves it out.
async fn settle(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, back) = (PracticeId(id), at(PracticeId(id), SessionId(session)));
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (permit, _, draft) = draft_of(&mut tx, Act::WriteNote, id, session).await?;
    let Some(draft) = draft else {
        return Ok(to(&back));
    };
    tx.open_chart(&permit, draft.about.client).await?;
    let tab = typed.one("tab").parse::<SessionId>().map_or(Uuid::nil(), |id| id.0);
    let asides = sealed::asides(&mut tx, &draft.about).await?;
    let Some(aside) = asides.into_iter().find(|aside| aside.tab == tab) else {
        return Ok(to(&back));
    };
    if typed.one("to") == "take" {
        let text = sealed::text(&mut tx, &draft.about).await?.unwrap_or_default();
        let (service, seen) = (draft.about.service, draft.version);
        let save = Save { tab: house.new_id(), seen, service };
        let both = text.with(&aside.text);
        if matches!(crate::save(&mut tx, &permit, &draft, save, &both).await?, Kept::Beside { .. })
        {
            return Err(web::Error::Conflict(words::CHANGED.into()));
        }
    }
    sealed::settle_aside(&mut tx, &draft.about, tab, house.now()).await?;
    tx.commit().await?;
    Ok(to(&back))
}

/// The note as it would be signed.
async fn review(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let mut tx = house.begin(&acting).await?;
    let (practice, session) = sheet::session_of(&mut tx, id, session).await?;
    let back = at(id, session.id);
    let sheet = sheet::load(&mut tx, &practice, session).await?;
    tx.commit().await?;
    let once = house.new_id::<Uuid>().to_string();
    Ok(match (&sheet.note, &sheet.body) {
        (Note::Draft(draft), Body::Draft { text, asides }) => {
            let open = views::note::Open { sheet: &sheet, draft, asides };
            views::note::review(&once, open, text).into_response()
        }
        _ => to(&back),
    })
}

async fn sign(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, back) = (PracticeId(id), at(PracticeId(id), SessionId(session)));
    let typed: Typed = pairs.into_iter().collect();
    let seen = typed.one("version").parse().unwrap_or(0);
    let mut tx = house.begin(&acting).await?;
    let (permit, session, draft) = draft_of(&mut tx, Act::SignNote, id, session).await?;
    // Pressed twice, it is signed once.
    let Some(draft) = draft else {
        return Ok(to(&back));
    };
    match crate::sign(&mut tx, &permit, &draft, seen, &session).await? {
        Ok(_) => tx.commit().await?,
        Err(why) => {
            tx.rollback().await?;
            return Err(web::Error::Conflict(why_not(why).into()));
        }
    }
    Ok(to(&back))
}

fn why_not(why: Unsigned) -> &'static str {
    match why {
        Unsigned::Blank => words::BLANK,
        Unsigned::Aside => words::ASIDE_OPEN,
        Unsigned::NotTimed => words::END_UNKNOWN,
        Unsigned::Changed => words::CHANGED,
    }
}

async fn amend(
    State(house): State<House>,
    acting: Acting,
    Path((id, session)): Path<(Uuid, Uuid)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let (id, back) = (PracticeId(id), at(PracticeId(id), SessionId(session)));
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (practice, found) = sheet::session_of(&mut tx, id, session).await?;
    let note = queries::note_of(&mut tx, &found).await?;
    let permit = tx.may(Act::AmendNote, note.about(), &[&practice]).await?;
    let Note::Signed(signed) = note else {
        return Ok(to(&back));
    };
    let text = match addition(&typed) {
        Ok(text) => text,
        Err(faults) => {
            tx.rollback().await?;
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return again(&house, &acting, id, session, &typed, &faults, status).await;
        }
    };
    add(&house, tx, &permit, &signed, &typed, &text).await?;
    Ok(to(&back))
}

async fn add(
    house: &House,
    mut tx: Tx,
    permit: &Permit,
    signed: &Signed,
    typed: &Typed,
    text: &str,
) -> web::Result<()> {
    let once = typed.one("once").parse::<SessionId>().map_or_else(|_| house.new_id(), |id| id.0);
    match crate::amend(&mut tx, permit, signed, once, text).await {
        Ok(()) => Ok(tx.commit().await?),
        Err(db::Error::Conflict(name)) if name == "amendment_pkey" => Ok(tx.rollback().await?),
        Err(error) => Err(error.into()),
    }
}

/// Reads what is added to a signed note.
fn addition(typed: &Typed) -> Result<String, Faults> {
    let text = typed.one("amendment").replace("\r\n", "\n");
    let mut faults = Faults::none();
    if !text.chars().any(char::is_alphanumeric) {
        faults.add("amendment", words::WRITE_AMENDMENT);
    }
    if 4 * SECTION_MAX < text.chars().count() {
        faults.add("amendment", words::SECTION_TOO_LONG);
    }
    faults.or(text)
}
