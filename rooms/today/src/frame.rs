//! Around all routes: who looks gets their frame. The names in it are asked for once a request.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use ground::frame::{self, Demo, Frame};
use ground::html::{Lang, Link, Portal, Practice, Public, Rail, Shell, Width, Work, when};
use ground::{Acting, House, db, web};
use jiff::tz::TimeZone;
use maud::Markup;

use crate::places::{self, Stands};
use crate::{needs, queries, views, words};

/// What is no page has no frame.
const FRAMELESS: &[&str] = &["/assets/", "/healthz", "/readyz", "/favicon.svg", "/design"];
/// One question a page reads narrow.
const NARROW: &[&str] = &["/care", "/sign-in", "/invitation", "/me"];

/// Where *Leave this page* leads: to a page that anybody might have open.
const LEAVE: &str = "https://www.weather.gov/";

/// Puts the frame around all routes of the house.
pub(crate) fn around(router: Router<House>, house: &House) -> Router<House> {
    router.layer(from_fn_with_state(house.clone(), put))
}

async fn put(State(house): State<House>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if FRAMELESS.iter().any(|it| path.starts_with(it)) {
        return next.run(request).await;
    }
    let acting = request.extensions().get::<Acting>().cloned().unwrap_or(Acting::Door);
    match of(&house, &acting, &path).await {
        Ok(frame) => {
            let mut response = frame::within(frame.clone(), next.run(request)).await;
            response.extensions_mut().insert(frame);
            response
        }
        Err(error) => web::Error::Database(error).into_response(),
    }
}

/// The frame of one request.
pub(crate) async fn of(house: &House, acting: &Acting, path: &str) -> db::Result<Frame> {
    let shell = match acting {
        Acting::Workforce(_) => work(house, acting, path).await?,
        Acting::Client { .. } => portal(house, acting, path).await?,
        _ => public(path),
    };
    let inset = match (acting, path) {
        (Acting::Client { .. }, "/me") => Some(own_page(house, acting).await?),
        _ => None,
    };
    Ok(Frame { shell, demo: demo(house), inset })
}

/// What a client's own page says first: what needs them, and when they come next.
async fn own_page(house: &House, acting: &Acting) -> db::Result<Markup> {
    let mut tx = house.begin(acting).await?;
    let duties = needs(&mut tx, None).await?;
    let coming = queries::coming(&mut tx, house.now()).await?;
    Ok(views::own_page(&duties, &coming))
}

/// The line of a demo, where this is one.
fn demo(house: &House) -> Option<Demo> {
    let demo = house.demo()?;
    let today = house.now().to_zoned_datetime(demo.zone.clone());
    Some(Demo {
        text: words::demo(&when::day_text(Lang::En, today.date())),
        next_day: true,
        to: "/demo/day".into(),
        once: house.new_id::<ids::Uuid>().to_string(),
    })
}

async fn work(house: &House, acting: &Acting, path: &str) -> db::Result<Shell> {
    let Some(stands) = places::stands(acting, path) else {
        return Ok(Shell::Bare);
    };
    let mut tx = house.begin(acting).await?;
    let in_view = match stands {
        Stands::In(practice) | Stands::AtDesk(Some(practice)) => Some(practice),
        Stands::AtDesk(None) => acting.operator(),
    };
    let named = match in_view {
        Some(practice) => queries::practice(&mut tx, practice).await?,
        None => None,
    };
    let person = queries::own_name(&mut tx).await?.unwrap_or_default();
    let (name, zone) = named.unwrap_or_else(|| ("Trellis".into(), TimeZone::UTC));
    let now = when::moment(&house.now().to_zoned_datetime(zone));
    let Acting::Workforce(worker) = acting else {
        return Ok(Shell::Bare);
    };
    let practice = match worker.places.len() {
        0 | 1 => Practice::Only(name),
        _ => Practice::Of(Link::to("/today", name)),
    };
    let rail = Rail {
        places: places::rail(acting, stands, path),
        new: None,
        person: Link::to("/me/sign-ins", person),
        help: "/help".into(),
    };
    Ok(Shell::Work(Box::new(Work { rail, practice, search: None, now })))
}

async fn portal(house: &House, acting: &Acting, path: &str) -> db::Result<Shell> {
    let mut tx = house.begin(acting).await?;
    let name = queries::client_practice(&mut tx).await?.unwrap_or_else(|| "Trellis".into());
    Ok(Shell::Portal(Portal {
        name,
        home: "/me".into(),
        nav: places::portal(path),
        foot: vec![],
        other_lang: None,
    }))
}

fn public(path: &str) -> Shell {
    let narrow = NARROW.iter().any(|it| path.starts_with(it));
    Shell::Public(Public {
        name: "Trellis".into(),
        home: "/".into(),
        nav: places::public(path),
        leave: path.starts_with("/care").then(|| LEAVE.into()),
        foot: vec![],
        other_lang: None,
        width: if narrow { Width::Narrow } else { Width::Wide },
    })
}
