//! The door's routes, then its handlers in the order of the table.

use std::convert::Infallible;

use axum::Router;
use axum::extract::{Extension, Form, FromRequestParts, Path, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Redirect, Response};
use ground::clock::wall;
use ground::html::{Faults, Typed};
use ground::policy::Act;
use ground::web::{self, Asks, Routes};
use ground::{Acting, House, frame};
use ids::{SignInId, Uuid};

use crate::code::CodeKey;
use crate::invitation::{self, Brought, LinkToken};
use crate::model::Address;
use crate::password::{Cost, Hasher, Password};
use crate::visit::{self, Asker, Known, Token, Tried};
use crate::{client, queries, refusals, roster, views, words};

/// What belongs to nobody: who asks for it is not looked up.
const NOBODYS: &[&str] = &["/assets/", "/design", "/favicon.svg", "/healthz", "/readyz"];

/// Longest wait that is told in minutes, so that the sentence stays short.
const MINUTE_S: u32 = 60;

/// The table.
pub(crate) fn routes() -> Routes {
    let way_in = Asks::nothing("the way in: nobody is known yet");
    let door = Routes::new()
        .get("/sign-in", way_in, sign_in)
        .post("/sign-in", way_in, give_password)
        .get("/sign-in/code", way_in, code)
        .post("/sign-in/code", way_in, give_code)
        .post("/sign-out", Asks::nothing("ends the visit of whoever holds its cookie"), sign_out)
        .get("/invitation/{token}", Asks::nothing("shows what its link gives"), invitation)
        .post("/invitation/{token}", Asks::nothing("the link is the right"), take_invitation)
        .get("/me/sign-ins", Asks::nothing("shows one's own alone"), sign_ins)
        .post("/me/sign-ins/{id}/ending", Asks::act("revoke_sign_in"), end_sign_in);
    refusals::routes(roster::routes(client::routes::routes(door)))
}

/// Around all routes of the house: a visit's cookie becomes who acts.
pub(crate) fn around(router: Router<House>, house: &House) -> Router<House> {
    around_at(router, house, Cost::OWASP)
}

/// The same at another cost of passwords: tests have no time for the real one.
pub fn around_at(router: Router<House>, house: &House, cost: Cost) -> Router<House> {
    router.layer(from_fn_with_state(house.clone(), recognize)).layer(Extension(Hasher::at(cost)))
}

async fn recognize(State(house): State<House>, mut request: Request, next: Next) -> Response {
    if NOBODYS.iter().any(|path| request.uri().path().starts_with(path)) {
        return next.run(request).await;
    }
    let Some(token) = token_of(&house, request.headers()) else {
        return next.run(request).await;
    };
    let Known { acting, client_of } = match visit::recognize(&house, &token).await {
        Ok(Some(known)) => known,
        Ok(None) => return next.run(request).await,
        Err(error) => return error.into_response(),
    };
    let is_client = matches!(acting, Acting::Client { .. });
    request.extensions_mut().insert(acting);
    if is_client {
        return frame::within(client::portal(&client_of), next.run(request)).await;
    }
    next.run(request).await
}

pub(crate) fn token_of(house: &House, headers: &HeaderMap) -> Option<Token> {
    let mut sent = headers.get_all(header::COOKIE).iter().filter_map(|it| it.to_str().ok());
    sent.find_map(|cookies| visit::token_in(house, cookies))
}

impl FromRequestParts<House> for Asker {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, house: &House) -> Result<Self, Infallible> {
        let agent = parts.headers.get(header::USER_AGENT).and_then(|it| it.to_str().ok());
        Ok(Self {
            place: web::asks_from(house, parts),
            machine: visit::machine_of(agent.unwrap_or_default()),
        })
    }
}

pub(crate) fn once(house: &House) -> String {
    house.new_id::<Uuid>().to_string()
}

/// What was typed, without what must not come back.
pub(crate) fn typed_of(pairs: Vec<(String, String)>) -> Typed {
    pairs.into_iter().collect()
}

pub(crate) fn with_faults(page: maud::Markup) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, page).into_response()
}

pub(crate) fn go_with_cookie(cookie: String, to: &str) -> Response {
    ([(header::SET_COOKIE, cookie)], Redirect::to(to)).into_response()
}

pub(crate) fn too_much(seconds: u32) -> web::Error {
    let minutes = u16::try_from(seconds.div_ceil(MINUTE_S)).unwrap_or(u16::MAX);
    web::Error::TooMuch { minutes }
}

async fn sign_in(State(house): State<House>) -> maud::Markup {
    views::sign_in(&once(&house), &Typed::none(), &Faults::none())
}

async fn give_password(
    State(house): State<House>,
    Extension(hasher): Extension<Hasher>,
    asker: Asker,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let typed = typed_of(pairs);
    let again = |faults: &Faults| with_faults(views::sign_in(&once(&house), &typed, faults));
    let mut faults = Faults::none();
    let address = Address::read(typed.one("address"));
    if address.is_none() {
        faults.add("address", words::ENTER_ADDRESS);
    }
    if typed.one("password").is_empty() {
        faults.add("password", words::ENTER_PASSWORD);
    }
    let (Some(address), true) = (address, faults.is_empty()) else {
        return Ok(again(&faults));
    };
    let password = Password::typed(typed.one("password"));
    match visit::give_password(&house, &hasher, &asker, &address, password).await? {
        Tried::Goes(token) => Ok(go_with_cookie(visit::cookie(&house, &token), "/sign-in/code")),
        Tried::Wait(seconds) => Err(too_much(seconds)),
        Tried::Wrong | Tried::Over => Ok(again(&Faults::none().and("password", words::WRONG_PAIR))),
    }
}

async fn code(State(house): State<House>) -> maud::Markup {
    views::code(&once(&house), &Faults::none())
}

async fn give_code(
    State(house): State<House>,
    acting: Acting,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    // A second press of the button finds the first one done.
    if acting.person().is_some() {
        return Ok(Redirect::to("/me/sign-ins").into_response());
    }
    let typed = typed_of(pairs);
    let again = |says| with_faults(views::code(&once(&house), &Faults::none().and("code", says)));
    let Some(half) = token_of(&house, &headers) else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    if typed.one("code").trim().is_empty() {
        return Ok(again(words::ENTER_CODE));
    }
    match visit::give_code(&house, &half, typed.one("code")).await? {
        Tried::Goes(token) => Ok(go_with_cookie(visit::cookie(&house, &token), "/today")),
        Tried::Wait(seconds) => Err(too_much(seconds)),
        Tried::Wrong => Ok(again(words::WRONG_CODE)),
        Tried::Over => Ok(Redirect::to("/sign-in").into_response()),
    }
}

async fn sign_out(State(house): State<House>, acting: Acting, headers: HeaderMap) -> web::Result {
    if let Some(token) = token_of(&house, &headers) {
        visit::sign_out(&house, &token).await?;
    }
    let is_client = matches!(acting, Acting::Client { .. });
    let to = if is_client { "/sign-in/link" } else { "/sign-in" };
    Ok(go_with_cookie(visit::no_cookie(&house), to))
}

async fn invitation(
    State(house): State<House>,
    acting: Acting,
    Path(token): Path<String>,
) -> web::Result {
    let link = LinkToken::from_text(&token).ok_or(web::Error::LinkEnded)?;
    let open = invitation::open(&house, &link).await?;
    let once = once(&house);
    let page = match (open.has_credential, acting.person()) {
        (false, _) => {
            let key = CodeKey::from_bytes(house.secret());
            views::invitation(&link.path(), &once, &open, &key, &Faults::none())
        }
        (true, Some(person)) if Some(person.0) == open.person_id => {
            views::invitation_to_known(&link.path(), &once, &open)
        }
        (true, _) => views::invitation_after_sign_in(&open),
    };
    Ok(page.into_response())
}

async fn take_invitation(
    State(house): State<House>,
    Extension(hasher): Extension<Hasher>,
    acting: Acting,
    asker: Asker,
    Path(token): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let link = LinkToken::from_text(&token).ok_or(web::Error::LinkEnded)?;
    let open = invitation::open(&house, &link).await?;
    if open.has_credential {
        return match acting.person() {
            Some(person) if Some(person.0) == open.person_id => {
                invitation::take_known(&house, &link, person).await?;
                Ok(Redirect::to("/today").into_response())
            }
            _ => Ok(with_faults(views::invitation_after_sign_in(&open))),
        };
    }
    let typed = typed_of(pairs);
    let password = Password::typed(typed.one("password"));
    let mut faults = Faults::none();
    if let Err(why) = password.may_be_chosen(&[&open.name, &open.address, &open.practice_name]) {
        faults.add("password", words::weak(why));
    }
    // The key goes to the page and comes back: whoever is invited may as well bring their own.
    let key = CodeKey::from_text(typed.one("key"));
    let step = key.as_ref().and_then(|key| key.step_of(typed.one("code"), wall()));
    if step.is_none() {
        faults.add("code", words::ENTER_CODE);
    }
    let key = key.unwrap_or_else(|| CodeKey::from_bytes(house.secret()));
    let (Some(step), true) = (step, faults.is_empty()) else {
        let page = views::invitation(&link.path(), &once(&house), &open, &key, &faults);
        return Ok(with_faults(page));
    };
    let brought = Brought { password, key, step };
    let visit = invitation::take_new(&house, &hasher, &asker, &link, brought).await?;
    Ok(go_with_cookie(visit::cookie(&house, &visit), "/today"))
}

async fn sign_ins(State(house): State<House>, acting: Acting) -> web::Result {
    let Some(person) = acting.person() else {
        return Ok(Redirect::to("/sign-in").into_response());
    };
    let mut tx = house.begin(&acting).await?;
    let list = queries::own_sign_ins(&mut tx, person, wall()).await?;
    Ok(views::sign_ins(&once(&house), &list, acting.sign_in()).into_response())
}

async fn end_sign_in(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let list = queries::own_sign_ins(&mut tx, person, wall()).await?;
    // One that is over or another's is not there; pressing twice is pressing once.
    if let Some(own) = list.into_iter().find(|it| it.id == SignInId(id)) {
        tx.may(Act::RevokeSignIn, &own, &[]).await?;
        queries::revoke_sign_in(&mut tx, own.id, wall()).await?;
        tx.commit().await?;
    }
    Ok(Redirect::to("/me/sign-ins").into_response())
}
