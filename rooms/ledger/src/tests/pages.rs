//! The pages of the books: who sees them, what they say, and what a form does.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::Served;
use ground::policy::Service;
use ground::testing::Browser;
use ground::testing::{TestHouse, run};
use ids::Uuid;
use people::cast::{self, Cast, Worker};

use super::{at_elm, charged, sam_owes};

pub(super) fn browser(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(crate::ROOM.routes)()], acting)
}

/// Bo, with what an agreement shares at Elm Street.
pub(super) fn bo(cast: &Cast, services: &[Service]) -> Acting {
    let Acting::Workforce(mut bo) = cast.bo.acting() else { panic!("Bo works") };
    let services = services.iter().copied().collect();
    bo.serves.push(Served { practice: cast.elm, services });
    Acting::Workforce(bo)
}

async fn with_a_charge(house: &TestHouse) -> Cast {
    let cast = cast::everybody(&house.house).await.unwrap();
    let mut tx = at_elm(house, &cast).await;
    let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
    charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
    tx.commit().await.unwrap();
    cast
}

fn payment<'a>(client: &'a str, cents: &'a str, once: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("client", client),
        ("cents", cents),
        ("way", "check"),
        ("reference", "1021"),
        ("on_month", "2"),
        ("on_day", "9"),
        ("on_year", "2026"),
        ("once", once),
    ]
}

#[test]
fn a_biller_writes_down_a_check_once_and_the_books_show_it() {
    run(async |house| {
        let cast = with_a_charge(&house).await;
        let bo = browser(&house, &bo(&cast, &[Service::Billing]));
        let at = format!("/p/{}/books", cast.elm);
        let page = bo.get(&at).await.page;
        assert!(page.contains("$150.00") && page.contains("Write down money"), "{page}");
        assert!(bo.get(&format!("{at}/money")).await.page.contains("Sam Whitfield"));

        let (sam, once) = (cast.sam.id.to_string(), Uuid::from_u128(5).to_string());
        for _ in 0..2 {
            let answer = bo.post(&format!("{at}/payments"), &payment(&sam, "$150.00", &once)).await;
            let to = answer.to.unwrap_or_else(|| panic!("{}", answer.page));
            let page = bo.get(&to).await.page;
            assert!(page.contains("Client payment") && page.contains("1021"), "{page}");
        }

        let page = bo.get(&at).await.page;
        assert_eq!(page.matches(">Client payment<").count(), 1, "{page}");
        let entry = page.split("/books/entries/").nth(1).unwrap().split('"').next().unwrap();
        let entry = bo.get(&format!("{at}/entries/{entry}")).await.page;
        assert!(entry.contains("the client paid for a charge"), "{entry}");
        assert!(entry.contains("1200 receivable from clients: Sam Whitfield"), "{entry}");
    });
}

#[test]
fn a_form_with_faults_comes_back_as_it_was_typed() {
    run(async |house| {
        let cast = with_a_charge(&house).await;
        let ada = browser(&house, &cast.ada.acting());
        let at = format!("/p/{}/books", cast.elm);
        let mut typed = payment("", "a lot", "k");
        typed.retain(|(name, _)| *name != "on_day" && *name != "way");

        let answer = ada.post(&format!("{at}/payments"), &typed).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["Choose the client", "such as 25.00", "how it came", "the day it arrived"] {
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
        assert!(answer.page.contains("value=\"a lot\""), "{}", answer.page);
        let typed = [("payer", "lone star"), ("deposit_cents", "-5"), ("deposit_on_month", "13")];
        let answer = ada.post(&format!("{at}/deposits"), &typed).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("Choose the insurer who paid"), "{}", answer.page);
    });
}

#[test]
fn a_deposit_is_written_down_with_its_number() {
    run(async |house| {
        let cast = with_a_charge(&house).await;
        let ada = browser(&house, &cast.ada.acting());
        let typed = [
            ("payer", "lonestar"),
            ("deposit_cents", "$98.40"),
            ("deposit_way", "transfer"),
            ("trace", "eft700101"),
            ("deposit_on_month", "2"),
            ("deposit_on_day", "8"),
            ("deposit_on_year", "2026"),
        ];

        let answer = ada.post(&format!("/p/{}/books/deposits", cast.elm), &typed).await;

        let page = ada.get(&answer.to.unwrap_or_else(|| panic!("{}", answer.page))).await.page;
        assert!(page.contains("EFT700101") && page.contains("$98.40"), "{page}");
        assert!(page.contains("Payer payment, unapplied"), "{page}");
    });
}

#[test]
fn whoever_may_not_see_the_books_is_refused_or_finds_nothing() {
    run(async |house| {
        let cast = with_a_charge(&house).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let una = Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: ground::acting::Place {
                practice: oak.practice,
                is_operator: false,
                roles: [ground::policy::Role::Owner].into(),
            },
        };
        let sam = Acting::Client {
            person: ids::PersonId(Uuid::from_u128(77)),
            sign_in: ids::SignInId(Uuid::nil()),
            as_client: vec![(cast.elm, cast.sam.id)],
        };
        let at = format!("/p/{}/books", cast.elm);
        let get = ["", "/money", "/entries/00000000-0000-7000-8000-000000000001"];
        for (who, acting, status) in [
            ("a clinician", cast.ben.acting(), StatusCode::FORBIDDEN),
            ("a biller without the service", bo(&cast, &[]), StatusCode::FORBIDDEN),
            ("a biller whom nobody shares with", cast.bo.acting(), StatusCode::FORBIDDEN),
            ("a scheduler", cast.sue.acting(), StatusCode::FORBIDDEN),
            ("another practice's owner", una.acting(), StatusCode::NOT_FOUND),
            ("a client", sam, StatusCode::NOT_FOUND),
            ("nobody", Acting::Door, StatusCode::NOT_FOUND),
        ] {
            let browser = browser(&house, &acting);
            for path in get {
                let answer = browser.get(&format!("{at}{path}")).await;
                assert_eq!(answer.status, status, "{who} at {path}");
            }
            let sam = cast.sam.id.to_string();
            let form = payment(&sam, "25", "k");
            let answer = browser.post(&format!("{at}/payments"), &form).await;
            assert_eq!(answer.status, status, "{who} writes down a payment");
        }
    });
}

#[test]
fn empty_books_say_what_will_be_there() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        for place in ["", "?before=1", "?before=abc", "?before=99999999999999999999"] {
            let at = format!("/p/{}/books{place}", cast.elm);
            let page = browser(&house, &cast.ada.acting()).get(&at).await.page;

            assert!(page.contains("will be listed here as they happen"), "{place}: {page}");
        }
    });
}
