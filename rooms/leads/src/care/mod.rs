//! The public form: two pages without script, help before anything else where it may be needed.
//! Whoever brings a request is a visitor, who may insert it and sees nothing of anybody.

mod form;
mod views;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use ground::clock::wall;
use ground::html::{Faults, Typed};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House, db};
use ids::{LeadId, PracticeId, Uuid};
use people::Asker;

use self::views::Sheet;
use crate::{queries, words};

/// What a browser sends.
type Sent = Form<Vec<(String, String)>>;
/// What stands behind the question mark.
type Asked = Query<Vec<(String, String)>>;

/// The table: the operator's own form, and that of each practice.
pub(crate) fn routes(routes: Routes) -> Routes {
    let open = Asks::nothing("anybody may ask for care, and sees nothing of others");
    routes
        .get("/care", open, first)
        .post("/care", open, go_on)
        .post("/care/request", open, send)
        .get("/care/sent", open, sent)
        .get("/care/{practice}", open, first_of)
        .post("/care/{practice}", open, go_on_of)
        .post("/care/{practice}/request", open, send_of)
        .get("/care/{practice}/sent", open, sent_of)
}

/// Where a request is brought.
struct Desk {
    holder: PracticeId,
    base: String,
    name: String,
}

impl Desk {
    fn visitor(&self) -> Acting {
        Acting::Visitor { holder: self.holder }
    }

    /// The form of the operator, or of a practice where one is named. Where nobody receives
    /// requests, there is no page.
    async fn open(house: &House, practice: Option<Uuid>) -> web::Result<Self> {
        let (holder, base) = match practice {
            Some(id) => (PracticeId(id), format!("/care/{id}")),
            None => {
                let mut tx = house.begin(&Acting::Door).await?;
                let operator = people::operator(&mut tx).await?.ok_or(web::Error::NotFound)?;
                (operator, "/care".to_owned())
            }
        };
        let mut tx = house.begin(&Acting::Visitor { holder }).await?;
        let form = queries::form(&mut tx, holder).await?.ok_or(web::Error::NotFound)?;
        Ok(Self { holder, base, name: form.name })
    }

    async fn payers(&self, house: &House) -> db::Result<Vec<(String, String)>> {
        let mut tx = house.begin(&self.visitor()).await?;
        crate::payers(&mut tx).await
    }
}

/// The once-key that came with the form, or a new one: it becomes the request's id.
fn once(house: &House, typed: &Typed) -> LeadId {
    typed.one("once").parse().unwrap_or_else(|_| house.new_id())
}

async fn first(house: State<House>, asked: Asked) -> web::Result {
    show_first(&house, None, asked).await
}

async fn first_of(house: State<House>, Path(id): Path<Uuid>, asked: Asked) -> web::Result {
    show_first(&house, Some(id), asked).await
}

async fn go_on(house: State<House>, sent: Sent) -> web::Result {
    show_second(&house, None, sent).await
}

async fn go_on_of(house: State<House>, Path(id): Path<Uuid>, sent: Sent) -> web::Result {
    show_second(&house, Some(id), sent).await
}

async fn send(house: State<House>, asker: Asker, sent: Sent) -> web::Result {
    receive(&house, None, &asker, sent).await
}

async fn send_of(
    house: State<House>,
    Path(id): Path<Uuid>,
    asker: Asker,
    sent: Sent,
) -> web::Result {
    receive(&house, Some(id), &asker, sent).await
}

async fn sent(State(house): State<House>) -> web::Result {
    let desk = Desk::open(&house, None).await?;
    Ok(views::sent(&desk.name).into_response())
}

async fn sent_of(State(house): State<House>, Path(id): Path<Uuid>) -> web::Result {
    let desk = Desk::open(&house, Some(id)).await?;
    Ok(views::sent(&desk.name).into_response())
}

async fn show_first(house: &House, practice: Option<Uuid>, asked: Asked) -> web::Result {
    let desk = Desk::open(house, practice).await?;
    let from = asked.0.into_iter().filter(|(name, _)| name == "from");
    let typed: Typed = from.collect();
    let once = once(house, &Typed::none()).to_string();
    let faults = Faults::none();
    let sheet = Sheet { base: &desk.base, once: &once, typed: &typed, faults: &faults };
    Ok(views::first(sheet).into_response())
}

async fn show_second(house: &House, practice: Option<Uuid>, Form(sent): Sent) -> web::Result {
    let desk = Desk::open(house, practice).await?;
    let typed: Typed = sent.into_iter().collect();
    let once = once(house, &typed).to_string();
    let faults = form::first_faults(&typed);
    let none = Faults::none();
    let sheet = Sheet { base: &desk.base, once: &once, typed: &typed, faults: &none };
    if typed.one("back") == "1" {
        return Ok(views::first(sheet).into_response());
    }
    // Help comes before any fault: somebody in danger corrects no form first.
    if form::needs_help_first(&typed) {
        return Ok(views::help_first(sheet, &desk.base).into_response());
    }
    if !faults.is_empty() {
        let sheet = Sheet { faults: &faults, ..sheet };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, views::first(sheet)).into_response());
    }
    let payers = desk.payers(house).await?;
    Ok(views::second(sheet, &payers).into_response())
}

async fn receive(
    house: &House,
    practice: Option<Uuid>,
    asker: &Asker,
    Form(sent): Sent,
) -> web::Result {
    let desk = Desk::open(house, practice).await?;
    let done = || Redirect::to(&format!("{}/sent", desk.base)).into_response();
    let typed: Typed = sent.into_iter().collect();
    let once = once(house, &typed);
    let key = once.to_string();
    let none = Faults::none();
    let sheet = Sheet { base: &desk.base, once: &key, typed: &typed, faults: &none };
    if form::is_by_a_program(&typed) {
        return Ok(done());
    }
    if form::needs_help_first(&typed) {
        return Ok(views::help_first(sheet, &format!("{}/request", desk.base)).into_response());
    }
    let faults = form::first_faults(&typed);
    if !faults.is_empty() {
        let sheet = Sheet { faults: &faults, ..sheet };
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, views::first(sheet)).into_response());
    }
    let payers = desk.payers(house).await?;
    let again = |status: StatusCode, faults: &Faults| -> Response {
        (status, views::second(Sheet { faults, ..sheet }, &payers)).into_response()
    };
    let lead = match form::read(&typed, &payers) {
        Ok(lead) => lead,
        Err(faults) => return Ok(again(StatusCode::UNPROCESSABLE_ENTITY, &faults)),
    };
    if let Some(seconds) = too_many(house, asker).await? {
        let faults = Faults::none().and("name", words::wait(seconds));
        return Ok(again(StatusCode::TOO_MANY_REQUESTS, &faults));
    }
    crate::bring(house, desk.holder, once, &lead).await?;
    Ok(done())
}

/// The seconds to wait where too many requests came from one place. A proxy before the house is none:
/// one stranger behind it would keep everybody from asking.
async fn too_many(house: &House, asker: &Asker) -> db::Result<Option<u32>> {
    let Some(place) = asker.place_text() else {
        return Ok(None);
    };
    let mut tx = house.begin(&Acting::Door).await?;
    let wait = queries::throttle(&mut tx, &place, wall()).await?;
    tx.commit().await?;
    Ok((0 < wait).then_some(wait))
}
