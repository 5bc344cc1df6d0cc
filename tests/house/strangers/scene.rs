//! The scene: Elm Street with a client in care and all that is kept of him, Oak Lane beside it, and
//! the operator. Words that nobody else may read are planted in it.

use axum::Router;
use ground::acting::Place;
use ground::policy::Role;
use ground::testing::TestHouse;
use ground::web::{self, Routes};
use ground::{Acting, House};
use ids::{ClientId, PersonId, PracticeId};
use jiff::SignedDuration;
use jiff::civil::date;
use people::cast::{self, Cast, Worker};
use people::{Address, NewClient, Newcomer};

use super::ask::Somebody;
use crate::house::rooms::joined;

/// What is planted, and what it stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Canary {
    Name,
    Contact,
    Concern,
    NoteText,
    Member,
    Amount,
}

impl Canary {
    pub const ALL: &[Self] =
        &[Self::Name, Self::Contact, Self::Concern, Self::NoteText, Self::Member, Self::Amount];

    /// How it would stand on a page.
    pub fn words(self) -> &'static [&'static str] {
        match self {
            Self::Name => &["Whitfield"],
            Self::Contact => &["555 0142", "555-0142", "12 Canary Street"],
            Self::Concern => &["the wren at four"],
            Self::NoteText => &["the heron by the lake"],
            Self::Member => &["W77CANARY31"],
            Self::Amount => &["137.31"],
        }
    }
}

/// Everybody who asks.
pub struct Scene {
    pub house: TestHouse,
    pub app: Router,
    pub cast: Cast,
    pub oak: PracticeId,
    /// Owns Elm Street, and treats Sam.
    pub ada: Somebody,
    /// Is treated by her.
    pub sam: Somebody,
    /// Treats at Elm Street, and not Sam.
    pub ben: Somebody,
    /// Another client of Elm Street.
    pub kit: Somebody,
    pub kit_is: ClientId,
    /// A client of Oak Lane.
    pub dana: Somebody,
    /// Owns Oak Lane, and treats there.
    pub una: Somebody,
    /// Treated at Elm Street until her part ended.
    pub eve: Somebody,
    /// Gave her password and not her code.
    pub half: Somebody,
    /// Of the operator: intake, scheduling, billing, and a service that Elm Street does not share.
    pub ina: Somebody,
    pub sue: Somebody,
    pub bo: Somebody,
    pub cy: Somebody,
}

/// The whole program as a service, with further routes where a fault is planted.
pub fn app(house: &House, planted: Routes) -> Router {
    let all = joined::ROOMS.iter().map(|room| (room.routes)()).chain([planted]);
    let all = all.fold(Router::new(), |all, routes| all.merge(routes.into_router()));
    let around = joined::ROOMS.iter().rev().filter_map(|room| room.around);
    web::app(house.clone(), around.fold(all, |inner, put| put(inner, house)))
}

/// What each person is called in the table of visits.
async fn signs_in(house: &TestHouse, app: &Router, person: PersonId, is_passed: bool) -> Somebody {
    let token = format!("{}{}", person.0.simple(), person.0.simple());
    sqlx::query(
        "insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at,
                                     passed_at, seen_at)
         values (gen_random_uuid(), sha256(decode($1, 'hex')), $2,
                 exists (select from people.client where person_id = $2), 'A laptop', now(),
                 case when $3 then now() end, now())",
    )
    .bind(&token)
    .bind(person.0)
    .bind(is_passed)
    .execute(&mut house.superuser().await)
    .await
    .unwrap();
    Somebody::with(app, Some(format!("trellis={token}")))
}

async fn joins(house: &House, at: PracticeId, name: &str, role: Role) -> Worker {
    let address = format!("{}@elsewhere.example", name.to_lowercase().replace(' ', "."));
    let newcomer = Newcomer { name: name.into(), address: Address::read(&address).unwrap() };
    let mut tx = house.begin(&Acting::Job { practice: at }).await.unwrap();
    let person = people::join(&mut tx, at, &newcomer, &[role]).await.unwrap();
    tx.commit().await.unwrap();
    let place = Place { practice: at, is_operator: false, roles: [role].into() };
    Worker { person, address, place }
}

/// A client comes in by letter and code.
async fn client_comes(house: &House, at: PracticeId, name: &str) -> (ClientId, PersonId) {
    let address = Address::read(&format!("{}@example.com", name.to_lowercase().replace(' ', ".")));
    let mut tx = house.begin(&Acting::Job { practice: at }).await.unwrap();
    let new = NewClient { name: name.into(), address, state: "TX".into() };
    let client = people::admit(&mut tx, at, &new).await.unwrap();
    tx.commit().await.unwrap();
    let acting = cast::comes_in(house, at, client.id).await.unwrap().unwrap();
    (client.id, acting.person().unwrap())
}

/// Sets the scene, on which `app` makes the pages.
pub async fn set(house: TestHouse, app: Router) -> Scene {
    let h = &house.house;
    let cast = cast::everybody(h).await.unwrap();
    let agreed = terms::cast::agreed(h, &cast).await.unwrap();
    let (elm, ada) = (cast.elm, &cast.ada);
    let oak = people::found(h, &cast::oak_lane()).await.unwrap();
    let sam = cast::comes_in(h, elm, cast.sam.id).await.unwrap().unwrap().person().unwrap();
    let (kit_is, kit) = client_comes(h, elm, "Kit Lane").await;
    let (_, dana) = client_comes(h, oak.practice, "Dana Frost").await;
    let cy = joins(h, cast.operator, "Cy Holm", Role::Credentialing).await;
    let eve = joins(h, elm, "Eve Stone", Role::Clinician).await;
    ends(&house, eve.person, ada.person).await;

    let who = async |person, is_passed| signs_in(&house, &app, person, is_passed).await;
    let scene = Scene {
        ada: who(ada.person, true).await,
        sam: who(sam, true).await,
        ben: who(cast.ben.person, true).await,
        kit: who(kit, true).await,
        kit_is,
        dana: who(dana, true).await,
        una: who(oak.founder, true).await,
        eve: who(eve.person, true).await,
        half: who(cast.oz.person, false).await,
        ina: who(agreed.ina.person, true).await,
        sue: who(cast.sue.person, true).await,
        bo: who(cast.bo.person, true).await,
        cy: who(cy.person, true).await,
        oak: oak.practice,
        app: app.clone(),
        house: house.clone(),
        cast: cast.clone(),
    };
    hours(h, &cast).await;
    requests(h, &cast, &agreed.ina).await;
    for client in [cast.sam.id, kit_is] {
        offers::cast::treats(h, ada, elm, client, &cast.ada_treats).await.unwrap();
    }
    forms(&scene).await;
    care(&scene).await;
    scene
}

/// Somebody's part at Elm Street ends.
async fn ends(house: &TestHouse, person: PersonId, by: PersonId) {
    let sql = "update people.role set ended_at = given_at, ended_by = $2 where person_id = $1";
    let mut superuser = house.superuser().await;
    sqlx::query(sql).bind(person.0).bind(by.0).execute(&mut superuser).await.unwrap();
}

/// Ada and Ben work on weekdays, say whom they see, and can be booked; Ada keeps an hour.
async fn hours(house: &House, cast: &Cast) {
    let elm = cast.elm;
    for (who, id) in [(&cast.ada, cast.ada_treats.id), (&cast.ben, cast.ben_treats.id)] {
        hours::cast::works_weekdays(house, who, elm, id).await.unwrap();
        fit::cast::says(house, who, elm, id, &fit::cast::sees_adults()).await.unwrap();
    }
    let mut tx = house.begin(&cast.ada.acting()).await.unwrap();
    let kept = openings::Hours { opens_min: 720, closes_min: 780 };
    let kept = [hours::Protected { weekday: 2, hours: kept }];
    let once = house.new_id();
    hours::protect(&mut tx, elm, cast.ada_treats.id, once, &kept).await.unwrap();
    let away = hours::Leave { from_date: date(2026, 6, 1), to_date: date(2026, 6, 5) };
    hours::take_leave(&mut tx, elm, cast.ada_treats.id, house.new_id(), away).await.unwrap();
    tx.commit().await.unwrap();
    calendar::cast::visits(house, &cast.ada, elm).await.unwrap();
}

/// Sam asked for care at the operator, whose request is before Ada; somebody else at Elm Street
/// itself.
async fn requests(house: &House, cast: &Cast, ina: &Worker) {
    let mut sam = leads::cast::marisol();
    sam.name = "Sam Whitfield".into();
    sam.address = Address::read("sam@example.com");
    sam.phone = Some("(512) 555-0142".into());
    sam.concern.words = "I hear the wren at four.".into();
    let lead = leads::cast::asks(house, cast.operator, &sam).await.unwrap();
    leads::cast::asks(house, cast.elm, &leads::cast::marisol()).await.unwrap();
    let acting = terms::cast::acting(house, ina).await.unwrap();
    let new = offers::NewOffer {
        practice: cast.elm,
        id: house.new_id(),
        clinician: cast.ada_treats.id,
        holder: cast.operator,
        lead,
        told: offers::Told {
            who: "An adult in TX".into(),
            pays: "Pays without insurance".into(),
            wishes: vec![],
        },
        snapshot: offers::Snapshot {
            name: "Sam Whitfield".into(),
            address: Some("sam@example.com".into()),
            phone: Some("(512) 555-0142".into()),
            state: "TX".into(),
            agreed_to_mail: None,
            topics: vec!["sleep".into()],
            concern: "I hear the wren at four.".into(),
            reasons_for: vec![],
            reasons_against: vec![],
        },
        on: date(2026, 2, 9),
    };
    offers::cast::puts_before(house, &acting, &cast.ada_treats, &new).await.unwrap();
}

/// Sam fills in one packet and sends it; a second is open.
async fn forms(scene: &Scene) {
    let (house, elm, sam) = (&scene.house.house, scene.cast.elm, scene.cast.sam.id);
    for is_filled in [true, false] {
        let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
        let packet = intake::send(&mut tx, elm, sam, None).await.unwrap();
        tx.commit().await.unwrap();
        for (page, form) in FORMS.iter().filter(|_| is_filled) {
            let path = format!("/me/forms/{packet}/{page}");
            let answer = scene.sam.post(&path, form).await;
            assert!(answer.status.is_redirection(), "{page}: {}", answer.page);
        }
    }
}

const FORMS: &[(&str, &[(&str, &str)])] = &[
    ("name", &[("first_name", "Samuel"), ("last_name", "Whitfield"), ("chosen_name", "Sam")]),
    ("birth-date", &[("born_month", "11"), ("born_day", "30"), ("born_year", "1994")]),
    (
        "address",
        &[("street", "12 Canary Street"), ("city", "Austin"), ("state", "TX"), ("zip", "78704")],
    ),
    ("phone", &[("phone", "512 555 0142")]),
    ("someone-to-call", &[("emergency_name", ""), ("emergency_phone", "")]),
    ("paying", &[("paying", "insurance")]),
    (
        "insurance",
        &[
            ("payer", "LONESTAR"),
            ("member_id", "W77CANARY31"),
            ("group_number", ""),
            ("sex", "M"),
            ("relation", "self"),
        ],
    ),
    ("care", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
    ("privacy", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
    ("fees", &[("version", "1"), ("agree", "yes"), ("signs_as", "Samuel Whitfield")]),
    ("sending", &[]),
];

/// Two sessions take place: one note is signed, one is a draft; a third visit is booked, and Sam
/// pays something. All that this tells is heard.
async fn care(scene: &Scene) {
    let (house, cast) = (&scene.house.house, &scene.cast);
    let (elm, sam, ada) = (cast.elm, cast.sam.id, cast.ada.acting());
    chart::cast::diagnosed(house, &ada, elm, sam, "F41.1", date(2026, 2, 9)).await.unwrap();
    let visits = calendar::cast::visits(house, &cast.ada, elm).await.unwrap();
    let with = (cast.ada_treats.id, sam);
    for at in 0..3 {
        let day = house.now() + SignedDuration::from_hours(24);
        let booked = calendar::cast::books_first(house, &cast.ada, elm, with, &visits[1], day);
        let booked = booked.await.unwrap().unwrap();
        if at == 2 {
            break;
        }
        let starts: ground::db::Instant = sqlx::query_scalar(
            "select starts_at from calendar.appointment where appointment_id = $1",
        )
        .bind(booked.0)
        .fetch_one(&mut scene.house.superuser().await)
        .await
        .unwrap();
        house.clock().advance(starts.0.duration_since(house.now()));
        let session = session::cast::held(house, &ada, elm, booked, 53).await.unwrap();
        writes(scene, &format!("/p/{elm}/sessions/{session}/note"), at == 0).await;
    }
    let today = house.now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    let (year, month, day) =
        (today.year().to_string(), today.month().to_string(), today.day().to_string());
    let client = sam.to_string();
    let form = [
        ("client", client.as_str()),
        ("cents", "137.31"),
        ("way", "check"),
        ("on_year", &year),
        ("on_month", &month),
        ("on_day", &day),
    ];
    let paid = scene.ada.post(&format!("/p/{elm}/books/payments"), &form).await;
    assert!(paid.status.is_redirection(), "{}", paid.page);
    joined::wiring().drain(house).await.unwrap();
}

/// Ada writes a note, and signs it or not.
async fn writes(scene: &Scene, at: &str, signs: bool) {
    let page = scene.ada.get(at).await.page;
    let (tab, version) = (hidden(&page, "tab"), hidden(&page, "version"));
    let form = [
        ("tab", tab.as_str()),
        ("version", &version),
        ("service", "individual"),
        ("subjective", "Saw the heron by the lake."),
    ];
    let kept = scene.ada.post(at, &form).await;
    assert!(kept.status.is_redirection(), "{}", kept.page);
    if signs {
        let page = scene.ada.get(&format!("{at}/review")).await.page;
        let form = [("version", hidden(&page, "version"))];
        let form = form.each_ref().map(|(name, value)| (*name, value.as_str()));
        let signed = scene.ada.post(&format!("{at}/signature"), &form).await;
        assert!(signed.status.is_redirection(), "{}", signed.page);
    }
}

fn hidden(page: &str, name: &str) -> String {
    let fields = super::pages::forms(page).into_iter().flat_map(|form| form.fields);
    let mut named = fields.filter(|field| field.name == name);
    named.next().unwrap_or_else(|| panic!("no {name}: {page}")).value
}
