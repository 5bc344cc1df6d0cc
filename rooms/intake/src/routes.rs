//! The pages of the forms: the client's, one question each, and the sender's, which shows how far
//! they are.

use axum::extract::{Form, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClientId, PacketId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::model::{Forms, Packet, Progress, Signing, come_to};
use crate::question::{Document, Question, read};
use crate::{queries, views, words};

/// The table.
pub(crate) fn routes() -> Routes {
    let own = Asks::nothing("lists one's own forms alone");
    Routes::new()
        .get("/me/forms", own, forms)
        .get("/me/forms/{packet}", Asks::act("fill_packet"), go_on)
        .get("/me/forms/{packet}/review", Asks::act("fill_packet"), review)
        .post("/me/forms/{packet}/sending", Asks::act("sign_packet"), send_back)
        .get("/me/forms/{packet}/signed/{document}", Asks::act("see_packet"), signed)
        .get("/me/forms/{packet}/{question}", Asks::act("fill_packet"), question)
        .post("/me/forms/{packet}/{question}", Asks::act("fill_packet"), answer)
        .get("/p/{practice}/clients/{client}/forms", Asks::act("see_packet"), progress)
        .post("/p/{practice}/clients/{client}/forms", Asks::act("send_packet"), send)
}

fn once(house: &House) -> String {
    house.new_id::<Uuid>().to_string()
}

/// The client's own packet, with a yes to fill it in.
async fn own(tx: &mut Tx, id: Uuid) -> web::Result<Packet> {
    let packet = queries::packet(tx, PacketId(id)).await?.ok_or(web::Error::NotFound)?;
    if !matches!(tx.acting(), Acting::Client { .. }) {
        return Err(web::Error::NotFound);
    }
    tx.may(Act::FillPacket, &packet, &[&Practice::new(packet.practice)]).await?;
    Ok(packet)
}

async fn today(tx: &mut Tx, packet: &Packet) -> web::Result<Date> {
    let zone = queries::zone(tx, packet.practice).await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    Ok(tx.house().now().to_zoned_datetime(zone).date())
}

async fn forms(State(house): State<House>, acting: Acting) -> web::Result {
    if !matches!(acting, Acting::Client { .. }) {
        return Err(web::Error::NotFound);
    }
    let mut tx = house.begin(&acting).await?;
    let mut list = Vec::new();
    for packet in queries::packets(&mut tx, None).await? {
        let name = queries::practice_name(&mut tx, packet.practice).await?;
        list.push((name, crate::load(&mut tx, packet).await?));
    }
    Ok(views::forms(&list).into_response())
}

async fn go_on(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    let forms = crate::load(&mut tx, packet).await?;
    Ok(to_next(&forms))
}

/// The first open page, or the whole to look through.
fn to_next(forms: &Forms) -> Response {
    let word = forms.next().map_or("review", Question::word);
    Redirect::to(&format!("/me/forms/{}/{word}", forms.packet.id)).into_response()
}

/// The page after one that was just answered: the next in the order, answered or not, so that
/// going back to correct something does not skip what lies between.
fn to_after(forms: &Forms, question: Question) -> Response {
    let asked = crate::question::asked(&forms.answers);
    let after = asked.iter().skip_while(|it| **it != question).nth(1);
    let signed = forms.signed();
    let open = after.filter(|it| !it.is_answered(&forms.answers, &signed));
    match open {
        Some(it) => {
            Redirect::to(&format!("/me/forms/{}/{}", forms.packet.id, it.word())).into_response()
        }
        None => to_next(forms),
    }
}

async fn question(
    State(house): State<House>,
    acting: Acting,
    Path((id, word)): Path<(Uuid, String)>,
) -> web::Result {
    let question = Question::of_word(&word).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    let forms = crate::load(&mut tx, packet).await?;
    if forms.packet.completed_at.is_some() || !question.is_asked(&forms.answers) {
        return Ok(to_next(&forms));
    }
    let page = page(&mut tx, &forms, question, &known(&forms), &Faults::none()).await?;
    Ok(page.into_response())
}

/// What is known already, as the form shows it.
fn known(forms: &Forms) -> Typed {
    let mut typed = Typed::none();
    for (field, value) in &forms.answers {
        if let Ok(date) = value.parse::<Date>()
            && field.ends_with("born")
        {
            typed = typed
                .with(format!("{field}_month"), date.month().to_string())
                .with(format!("{field}_day"), date.day().to_string())
                .with(format!("{field}_year"), date.year().to_string());
        }
        typed = typed.with(field, value);
    }
    typed
}

async fn page(
    tx: &mut Tx,
    forms: &Forms,
    question: Question,
    typed: &Typed,
    faults: &Faults,
) -> web::Result<maud::Markup> {
    let once = once(tx.house());
    let practice = forms.packet.practice;
    match question {
        Question::Sign(document) => {
            let text = queries::text(tx, practice, document, None).await?;
            let text = text.ok_or(web::Error::NotFound)?;
            let signed = forms.signed.iter().find(|it| it.document == document);
            Ok(views::document(&once, forms, &text, signed, typed, faults))
        }
        Question::Insurance => {
            let payers = queries::payers(tx).await?;
            Ok(views::question(&once, forms, question, &payers, typed, faults))
        }
        _ => Ok(views::question(&once, forms, question, &[], typed, faults)),
    }
}

async fn answer(
    State(house): State<House>,
    acting: Acting,
    Path((id, word)): Path<(Uuid, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let question = Question::of_word(&word).ok_or(web::Error::NotFound)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    queries::lock(&mut tx, &packet).await?;
    let packet = queries::packet(&mut tx, packet.id).await?.ok_or(web::Error::NotFound)?;
    if packet.completed_at.is_some() {
        return Err(web::Error::Conflict(words::CAME_BACK.into()));
    }
    let today = today(&mut tx, &packet).await?;
    let (kept, faults) = read(question, &typed, today);
    let forms = crate::load(&mut tx, packet).await?;
    let now = house.now();
    match question {
        Question::Sign(document) if faults.is_empty() => {
            sign(&mut tx, &forms.packet, document, &typed).await?;
        }
        Question::Sign(_) => {}
        _ if kept.is_empty() => {}
        _ => {
            let mut all = forms.answers.clone();
            all.extend(kept);
            all.retain(|field, _| question.holds(field));
            queries::save(&mut tx, &forms.packet, question, &all, now).await?;
        }
    }
    let forms = crate::load(&mut tx, forms.packet).await?;
    if !faults.is_empty() {
        let page = page(&mut tx, &forms, question, &typed, &faults).await?;
        tx.commit().await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    tx.commit().await?;
    Ok(to_after(&forms, question))
}

/// Signs the version that was on the page; where the practice has put a newer one since, the page
/// shows that one, and nothing is signed unseen.
async fn sign(tx: &mut Tx, packet: &Packet, document: Document, typed: &Typed) -> web::Result<()> {
    let newest = queries::text(tx, packet.practice, document, None).await?;
    let newest = newest.ok_or(web::Error::NotFound)?;
    if typed.one("version") != newest.version.to_string() {
        return Err(web::Error::Conflict(words::TEXT_CHANGED.into()));
    }
    tx.may(Act::SignPacket, packet, &[&Practice::new(packet.practice)]).await?;
    let person = tx.acting().person().ok_or(web::Error::NotFound)?;
    let at = tx.house().now();
    let signs_as: Vec<&str> = typed.one("signs_as").split_whitespace().collect();
    let typed_name = signs_as.join(" ");
    let signing = Signing { text: &newest, typed_name: &typed_name, person, at };
    queries::sign(tx, packet, &signing).await?;
    Ok(())
}

async fn review(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    let forms = crate::load(&mut tx, packet).await?;
    if forms.packet.completed_at.is_none() && forms.next().is_some() {
        return Ok(to_next(&forms));
    }
    let payers = queries::payers(&mut tx).await?;
    Ok(views::review(&once(&house), &forms, &payers).into_response())
}

async fn send_back(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    queries::lock(&mut tx, &packet).await?;
    let packet = queries::packet(&mut tx, packet.id).await?.ok_or(web::Error::NotFound)?;
    let forms = crate::load(&mut tx, packet).await?;
    if forms.packet.completed_at.is_none() {
        let at = Practice::new(forms.packet.practice);
        tx.may(Act::SignPacket, &forms.packet, &[&at]).await?;
        match (forms.next(), come_to(&forms.answers)) {
            (None, Ok((identity, coverage))) => {
                crate::take(&mut tx, &forms.packet, &identity, coverage.as_ref()).await?;
            }
            _ => return Ok(to_next(&forms)),
        }
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/me/forms/{id}/review")).into_response())
}

async fn signed(
    State(house): State<House>,
    acting: Acting,
    Path((id, word)): Path<(Uuid, String)>,
) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    let packet = own(&mut tx, id).await?;
    tx.may(Act::SeePacket, &packet, &[&Practice::new(packet.practice)]).await?;
    let signed = queries::signed(&mut tx, &packet).await?;
    let signed = signed.into_iter().find(|it| it.document.word() == word);
    let signed = signed.ok_or(web::Error::NotFound)?;
    let text = queries::text(&mut tx, packet.practice, signed.document, Some(signed.version));
    let text = text.await?.ok_or(web::Error::NotFound)?;
    let zone = queries::zone(&mut tx, packet.practice).await?;
    let at = signed.at.to_zoned_datetime(TimeZone::get(&zone).unwrap_or(TimeZone::UTC));
    Ok(views::signed(&packet, &signed, &text, &at).into_response())
}

/// A client's newest packet as the sender sees it, or one that was never sent, to ask about.
async fn of_client(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> web::Result<(Packet, bool)> {
    let packets = queries::packets(tx, Some((practice, client))).await?;
    if let Some(newest) = packets.into_iter().next() {
        return Ok((newest, true));
    }
    let sent_at = tx.house().now();
    let id = PacketId(Uuid::nil());
    Ok((Packet { id, practice, client, of: None, sent_at, completed_at: None }, false))
}

async fn progress(
    State(house): State<House>,
    acting: Acting,
    Path((practice, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (practice, client) = (PracticeId(practice), ClientId(client));
    let known = acting.known(practice).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let (packet, is_sent) = of_client(&mut tx, practice, client).await?;
    tx.may(Act::SeePacket, &packet, &[&known]).await?;
    let found = queries::client(&mut tx, practice, client).await?;
    let (name, _) = found.ok_or(web::Error::NotFound)?;
    let begun = queries::begun(&mut tx, &packet).await?;
    let signed = queries::signed(&mut tx, &packet).await?;
    let zone = queries::zone(&mut tx, practice).await?;
    let zone = TimeZone::get(&zone).unwrap_or(TimeZone::UTC);
    let progress = is_sent.then_some(Progress { packet, begun, signed });
    let page = views::progress(&once(&house), (practice, client), &name, progress.as_ref(), &zone);
    Ok(page.into_response())
}

async fn send(
    State(house): State<House>,
    acting: Acting,
    Path((practice, client)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let (practice, client) = (PracticeId(practice), ClientId(client));
    let known = acting.known(practice).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let (packet, _) = of_client(&mut tx, practice, client).await?;
    tx.may(Act::SendPacket, &packet, &[&known]).await?;
    if queries::client(&mut tx, practice, client).await?.is_none() {
        return Err(web::Error::NotFound);
    }
    match crate::send(&mut tx, practice, client, acting.person()).await {
        Ok(_) => tx.commit().await?,
        // Pressed twice at once: the other press sent them.
        Err(db::Error::Conflict(name)) if name == "packet_is_open_once" => tx.rollback().await?,
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/p/{practice}/clients/{client}/forms")).into_response())
}
