//! A client's way in, and their own page. The table, then handlers in its order.

use axum::extract::{Form, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use ground::html::{Faults, Typed};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::Uuid;

use super::{ClientLink, MailCode, Pressed, queries, views, words};
use crate::model::Address;
use crate::routes::{go_with_cookie, once, token_of, too_much, typed_of, with_faults};
use crate::visit::{self, Asker, Tried};

const ASKED: &str = "/sign-in/link/sent";
const CODE: &str = "/sign-in/link/code";
const HOME: &str = "/me";

/// The table, added to the door's.
pub(crate) fn routes(door: Routes) -> Routes {
    let way_in = Asks::nothing("a client's way in: nobody is known yet");
    door.get("/sign-in/link", way_in, ask)
        .post("/sign-in/link", way_in, give_address)
        .get(ASKED, way_in, async || views::asked())
        .get(CODE, way_in, code)
        .post(CODE, way_in, give_code)
        .get("/sign-in/link/{token}", Asks::nothing("shows what its link gives"), link)
        .post("/sign-in/link/{token}", Asks::nothing("the link is the right"), press)
        .get(HOME, Asks::nothing("a client's own page: shows what is theirs"), me)
}

async fn ask(State(house): State<House>) -> maud::Markup {
    views::ask(&once(&house), &Typed::none(), &Faults::none())
}

async fn give_address(
    State(house): State<House>,
    asker: Asker,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let typed = typed_of(pairs);
    let Some(address) = Address::read(typed.one("address")) else {
        let faults = Faults::none().and("address", words::ENTER_ADDRESS);
        return Ok(with_faults(views::ask(&once(&house), &typed, &faults)));
    };
    let key = typed.one("once").parse::<Uuid>().unwrap_or_else(|_| house.new_id());
    match super::ask(&house, &asker, &address, key).await? {
        Some(seconds) => Err(too_much(seconds)),
        None => Ok(Redirect::to(ASKED).into_response()),
    }
}

fn gone(page: maud::Markup) -> Response {
    (StatusCode::GONE, page).into_response()
}

async fn link(State(house): State<House>, Path(token): Path<String>) -> web::Result {
    let Some(link) = ClientLink::from_text(&token) else {
        return Ok(gone(views::link_ended()));
    };
    Ok(match super::open(&house, &link).await? {
        Some(open) => views::link(&link.path(), &once(&house), &open).into_response(),
        None => gone(views::link_ended()),
    })
}

async fn press(State(house): State<House>, Path(token): Path<String>) -> web::Result {
    let Some(link) = ClientLink::from_text(&token) else {
        return Ok(gone(views::link_ended()));
    };
    match super::send_code(&house, &link).await? {
        Pressed::Sent { half, .. } => Ok(go_with_cookie(visit::cookie(&house, &half), CODE)),
        Pressed::Wait(seconds) => Err(too_much(seconds)),
        Pressed::Ended => Ok(gone(views::link_ended())),
    }
}

async fn code(State(house): State<House>) -> maud::Markup {
    views::code(&once(&house), &Typed::none(), &Faults::none())
}

async fn give_code(
    State(house): State<House>,
    acting: Acting,
    asker: Asker,
    headers: HeaderMap,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    // A second press of the button finds the first one done.
    if acting.person().is_some() {
        return Ok(Redirect::to(HOME).into_response());
    }
    let typed = typed_of(pairs);
    let again = |says| {
        let faults = Faults::none().and("code", says);
        with_faults(views::code(&once(&house), &typed, &faults))
    };
    let Some(half) = token_of(&house, &headers) else {
        return Ok(gone(views::code_ended()));
    };
    let Some(digits) = MailCode::read(typed.one("code")) else {
        return Ok(again(words::ENTER_CODE));
    };
    match super::give_code(&house, &asker, &half, &digits).await? {
        Tried::Goes(token) => Ok(go_with_cookie(visit::cookie(&house, &token), HOME)),
        Tried::Wait(seconds) => Err(too_much(seconds)),
        Tried::Wrong => Ok(again(words::WRONG_CODE)),
        Tried::Over => Ok(gone(views::code_ended())),
    }
}

async fn me(State(house): State<House>, acting: Acting) -> web::Result {
    let Acting::Client { as_client, .. } = &acting else {
        let to = if acting.person().is_some() { "/me/sign-ins" } else { "/sign-in/link" };
        return Ok(Redirect::to(to).into_response());
    };
    let mut tx = house.begin(&acting).await?;
    let (mut name, mut practices) = (None, vec![]);
    for (practice, client) in as_client {
        practices.push(crate::queries::practice_name(&mut tx, *practice).await?);
        let contact = queries::contact(&mut tx, *practice, *client).await?;
        name = name.or(contact.map(|(name, _)| name));
    }
    Ok(views::me(&once(&house), name.as_deref(), &practices).into_response())
}
