//! Every page of everybody, in a small house where one visit took place, one is planned and one
//! person asks for care: well made at the width of whoever reads it and at the narrowest, under one
//! heading, out of one house.

use std::net::SocketAddr;

use chart::Soap;
use codes::Service;
use futures_util::StreamExt;
use ground::testing::{TestHouse, run};
use ground::{Acting, House, web};
use ids::{AppointmentId, ClientId, PersonId, PracticeId, SessionId};
use jiff::civil::date;
use people::cast::{self, Cast};

use crate::browser::{
    Browser, DESK, PHONE, Screen, assert_accessible, assert_no_foreign_origin, assert_no_overflow,
};
use crate::house::rooms::joined as rooms;

/// The house, and what its pages are about.
struct Scene {
    cast: Cast,
    ina: PersonId,
    /// Sam, who came in by a letter.
    sam: PersonId,
    lead: ids::LeadId,
    planned: AppointmentId,
    kept: AppointmentId,
    session: SessionId,
    /// Where the pages are served.
    address: String,
}

/// Everybody has agreed; Ada treats Sam, saw him once and sees him again.
async fn scene(test: &TestHouse) -> Scene {
    let house = &test.house;
    ground::events::register(&test.stores, &rooms::wiring().listeners).await.unwrap();
    let cast = cast::everybody(house).await.unwrap();
    let (elm, ada, sam) = (cast.elm, cast.ada_treats.id, cast.sam.id);
    let agreed = terms::cast::agreed(house, &cast).await.unwrap();
    hours::cast::works_weekdays(house, &cast.ada, elm, ada).await.unwrap();
    fit::cast::says(house, &cast.ada, elm, ada, &fit::cast::sees_adults()).await.unwrap();
    let visits = calendar::cast::visits(house, &cast.ada, elm).await.unwrap();
    offers::cast::treats(house, &cast.ada, elm, sam, &cast.ada_treats).await.unwrap();
    let books = async || {
        let (of, now) = ((ada, sam), house.now());
        calendar::cast::books_first(house, &cast.ada, elm, of, &visits[0], now).await.unwrap()
    };
    let kept = books().await.unwrap();
    let session = is_held(house, &cast, kept).await;
    let planned = books().await.unwrap();
    let lead = leads::cast::asks(house, cast.operator, &leads::cast::marisol()).await.unwrap();
    rooms::wiring().drain(house).await.unwrap();
    let acting = cast::comes_in(house, elm, sam).await.unwrap().unwrap();
    Scene {
        ina: agreed.ina.person,
        sam: acting.person().unwrap(),
        lead,
        planned,
        kept,
        session,
        address: serve(house).await,
        cast,
    }
}

/// The first visit takes place, and its note is signed.
async fn is_held(house: &House, cast: &Cast, appointment: AppointmentId) -> SessionId {
    let (elm, sam, acting): (PracticeId, ClientId, Acting) =
        (cast.elm, cast.sam.id, cast.ada.acting());
    let mut tx = house.begin(&acting).await.unwrap();
    let planned = session::planned(&mut tx, elm, appointment).await.unwrap().unwrap();
    drop(tx);
    house.clock().advance(planned.starts_at.duration_since(house.now()));
    let session = session::cast::held(house, &acting, elm, appointment, 55).await.unwrap();
    let since = date(2026, 1, 5);
    chart::cast::diagnosed(house, &acting, elm, sam, "F51.01", since).await.unwrap();
    let text = Soap { plan: "The same hour.".into(), ..Soap::default() };
    let kind = Service::Individual;
    chart::cast::signed(house, &acting, elm, session, kind, &text).await.unwrap();
    session
}

async fn serve(house: &House) -> String {
    let app = web::app(house.clone(), rooms::routes(house));
    let app = app.into_make_service_with_connect_info::<SocketAddr>();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await });
    address
}

/// Lets somebody be signed in, and gives the key that their browser carries.
async fn signed_in(test: &TestHouse, person: PersonId) -> String {
    let token = format!("{}{}", person.0.simple(), person.0.simple());
    sqlx::query(
        "insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at,
                                     passed_at, seen_at)
         values (gen_random_uuid(), sha256(decode($1, 'hex')), $2,
                 exists (select from people.client where person_id = $2), 'A laptop', now(), now(),
                 now())",
    )
    .bind(&token)
    .bind(person.0)
    .execute(&mut test.superuser().await)
    .await
    .unwrap();
    token
}

/// One who looks, where they look, and at what.
struct Look {
    person: Option<PersonId>,
    screen: Screen,
    pages: Vec<String>,
}

impl Scene {
    /// Everybody with their pages. Ada looks at a practice on a desk, and Ben on a phone.
    fn looks(&self) -> Vec<Look> {
        let all = |list: &[&str]| list.iter().map(|it| (*it).to_owned()).collect::<Vec<_>>();
        let strangers = all(&[
            "/",
            "/care",
            "/sign-in",
            "/sign-in/link",
            "/how-we-work",
            "/how-we-work/charter",
            "/how-we-work/agreement",
            "/how-we-work/engagement",
            "/nowhere",
        ]);
        let desk = |list: &[&str]| [all(&["/desk/today", "/help"]), all(list)].concat();
        let lead = format!("/desk/leads/{}", self.lead);
        let terms = format!("/p/{}/terms", self.cast.elm);
        let intake = desk(&["/desk/leads", &lead, &format!("{lead}/fit")]);
        let owner = desk(&["/desk/agreements", "/desk/dead-letters", "/desk/leads", &terms]);
        let books = format!("/p/{}/books", self.cast.elm);
        let billing = desk(&["/desk/billing", &format!("/p/{}/billing", self.cast.elm), &books]);
        let visit = format!("/me/visits/{}", self.planned);
        let client = all(&["/me", "/me/visits", &visit, "/me/forms", "/me/bills", "/me/sign-ins"]);
        let look = |person, screen, pages| Look { person, screen, pages };
        vec![
            look(Some(self.cast.ada.person), DESK, self.of_practice(true)),
            look(Some(self.cast.ben.person), PHONE, self.of_practice(false)),
            look(Some(self.sam), PHONE, client),
            look(Some(self.ina), PHONE, intake),
            look(Some(self.cast.sue.person), DESK, desk(&[])),
            look(Some(self.cast.bo.person), DESK, billing),
            look(Some(self.cast.oz.person), DESK, owner),
            look(None, PHONE, strangers),
        ]
    }

    /// The pages of a practice: those of everybody who treats, and those of its owner.
    fn of_practice(&self, owns: bool) -> Vec<String> {
        let every = [
            "today",
            "week",
            "clients",
            "notes",
            "offers",
            "hours",
            "worth",
            "money",
            "practice",
            "statements",
            "charter",
            "terms",
            "people",
            "refusals",
            "profile",
        ];
        let client = format!("clients/{}", self.cast.sam.id);
        let owners = [
            "billing".to_owned(),
            "billing/biller".into(),
            "books".into(),
            "books/money".into(),
            "fees".into(),
            "terms/propose".into(),
            format!("{client}/chart"),
            format!("{client}/booking"),
            format!("{client}/forms"),
            format!("{client}/account"),
            format!("{client}/discharge"),
            format!("appointments/{}", self.planned),
            format!("appointments/{}", self.kept),
            format!("appointments/{}/session", self.planned),
            format!("sessions/{}/note", self.session),
            client,
        ];
        let owners = owners.into_iter().filter(|_| owns);
        let all = every.into_iter().map(str::to_owned).chain(owners);
        all.map(|page| format!("/p/{}/{page}", self.cast.elm)).collect()
    }
}

/// All pages of one who looks, each well made for whoever sees, hears or holds it.
async fn walk(browser: &Browser, key: Option<&str>, look: &Look) {
    let tab = browser.tab(look.screen).await;
    if let Some(key) = key {
        tab.carry_cookie("trellis", key).await;
    }
    for path in &look.pages {
        tab.resize(look.screen.width, look.screen.height).await;
        tab.visit(path).await;
        let outline = crate::browser::outline(&tab).await;
        let is_first = |it: &&str| it.trim().starts_with("heading") && it.ends_with("level=1");
        let headings = outline.lines().filter(is_first).count();
        assert_eq!(headings, 1, "{path} has one heading of its own:\n{outline}");
        assert_accessible(&tab).await;
        assert_no_foreign_origin(&tab);
        assert_no_overflow(&tab).await;
    }
}

#[test]
fn every_page_of_everybody_is_well_made_on_a_desk_or_on_a_phone() {
    run(async |test| {
        let scene = scene(&test).await;
        let browser = Browser::start().at(&scene.address);
        let looks = scene.looks();
        let mut keys = vec![];
        for look in &looks {
            keys.push(match look.person {
                Some(person) => Some(signed_in(&test, person).await),
                None => None,
            });
        }
        let walks = looks.iter().zip(&keys);
        let walks = walks.map(|(look, key)| walk(&browser, key.as_deref(), look));
        futures_util::stream::iter(walks).buffer_unordered(3).collect::<Vec<()>>().await;
    });
}
