//! What is typed wrong at the doors of the books comes back at its field, and nothing is kept.

use axum::http::StatusCode;
use ground::Acting;
use ground::testing::{Answer, Browser, TestHouse, run};
use ids::Uuid;
use people::cast::{self, Cast};

use super::pages::browser;
use crate::words;

async fn at_the_desk(house: &TestHouse) -> (Cast, Browser) {
    let cast = cast::everybody(&house.house).await.unwrap();
    let ada = browser(house, &cast.ada.acting());
    (cast, ada)
}

const PAYMENT: &[(&str, &str)] = &[
    ("cents", "150.00"),
    ("way", "check"),
    ("reference", "1021"),
    ("on_month", "2"),
    ("on_day", "9"),
    ("on_year", "2026"),
    ("once", "00000000-0000-7000-8000-000000000005"),
];

const DEPOSIT: &[(&str, &str)] = &[
    ("payer", "LONESTAR"),
    ("deposit_cents", "98.40"),
    ("deposit_way", "transfer"),
    ("trace", "EFT700101"),
    ("deposit_on_month", "2"),
    ("deposit_on_day", "8"),
    ("deposit_on_year", "2026"),
    ("once", "00000000-0000-7000-8000-000000000006"),
];

/// A form with some of its fields typed otherwise.
fn with<'a>(form: &[(&'a str, &'a str)], typed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let is_other = |name: &str| typed.iter().any(|(other, _)| *other == name);
    let rest = form.iter().filter(|(name, _)| !is_other(name));
    rest.chain(typed).copied().collect()
}

async fn sent(ada: &Browser, cast: &Cast, typed: &[(&str, &str)]) -> Answer {
    let sam = cast.sam.id.to_string();
    let form = [&with(PAYMENT, typed)[..], &[("client", &sam)]].concat();
    ada.post(&format!("/p/{}/books/payments", cast.elm), &form).await
}

async fn deposited(ada: &Browser, cast: &Cast, typed: &[(&str, &str)]) -> Answer {
    ada.post(&format!("/p/{}/books/deposits", cast.elm), &with(DEPOSIT, typed)).await
}

/// How many payments and entries there are.
async fn kept(house: &TestHouse, cast: &Cast) -> (i64, i64) {
    let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
    sqlx::query_as(
        "select (select count(*) from ledger.payment), (select count(*) from ledger.entry)",
    )
    .fetch_one(&mut *tx)
    .await
    .unwrap()
}

fn assert_comes_back(answer: &Answer, typed: &str, says: &str) {
    let page = answer.page.replace("&quot;", "\"").replace("&amp;", "&");
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}: {page}");
    assert!(page.contains(says), "{typed:?} is told: {says}\n{page}");
    assert!(page.contains("<title>Error: "), "{typed:?}: {page}");
}

#[test]
fn an_amount_that_is_none_comes_back_at_its_field_as_it_was_typed() {
    run(async |house| {
        let (cast, ada) = at_the_desk(&house).await;
        let cases = [
            ("12.345", words::ENTER_WHOLE_CENTS),
            ("0.001", words::ENTER_WHOLE_CENTS),
            ("1e3", words::ENTER_AMOUNT),
            ("1,50", words::ENTER_AMOUNT),
            ("1.2.3", words::ENTER_AMOUNT),
            ("12 34", words::ENTER_AMOUNT),
            ("five", words::ENTER_AMOUNT),
            ("NaN", words::ENTER_AMOUNT),
            ("", words::ENTER_AMOUNT),
            ("0", words::ENTER_ABOVE_ZERO),
            ("$0.00", words::ENTER_ABOVE_ZERO),
            ("-5", words::ENTER_ABOVE_ZERO),
            ("10,000,000,000.00", words::ENTER_LESS),
            ("1000000000000", words::ENTER_LESS),
            ("999999999999999999999999999999", words::ENTER_LESS),
        ];
        for (typed, says) in cases {
            let answer = sent(&ada, &cast, &[("cents", typed)]).await;
            assert_comes_back(&answer, typed, says);
            assert!(answer.page.contains(&format!("value=\"{typed}\"")), "{}", answer.page);
            assert!(answer.page.contains("value=\"1021\""), "what else was typed stays");
            let answer = deposited(&ada, &cast, &[("deposit_cents", typed)]).await;
            assert_comes_back(&answer, typed, says);
        }
        assert_eq!(kept(&house, &cast).await, (0, 0));

        for (at, typed) in ["$1,234.50", " 25 ", "9,999,999,999.99"].into_iter().enumerate() {
            let once = Uuid::from_u128(0xa0 + at as u128).to_string();
            let answer = sent(&ada, &cast, &[("cents", typed), ("once", &once)]).await;
            assert!(answer.to.is_some(), "{typed:?}: {}", answer.page);
        }
        assert_eq!(kept(&house, &cast).await, (3, 3));
    });
}

#[test]
fn a_day_a_way_or_a_number_that_cannot_be_comes_back_at_its_field() {
    run(async |house| {
        let (cast, ada) = at_the_desk(&house).await;
        let long = "9".repeat(51);
        let cases: [(&str, &str, &str); 12] = [
            ("on_day", "30", words::ENTER_DAY),
            ("on_month", "13", words::ENTER_DAY),
            ("on_month", "February", words::ENTER_DAY),
            ("on_year", "", words::ENTER_DAY),
            ("on_year", "99999", words::ENTER_DAY),
            ("on_year", "2226", words::ENTER_DAY_NOT_LATER),
            ("on_year", "226", words::ENTER_DAY_NOT_SO_LONG_AGO),
            ("on_year", "1926", words::ENTER_DAY_NOT_SO_LONG_AGO),
            ("way", "barter", words::ENTER_WAY),
            ("way", "", words::ENTER_WAY),
            ("reference", &long, words::SHORTER_REFERENCE),
            ("reference", "10\u{0}21", words::SHORTER_REFERENCE),
        ];
        for (field, typed, says) in cases {
            let answer = sent(&ada, &cast, &[(field, typed)]).await;
            assert_comes_back(&answer, typed, says);
        }
        let cases: [(&str, &str, &str); 6] = [
            ("payer", "NOBODY", words::ENTER_PAYER),
            ("payer", "", words::ENTER_PAYER),
            ("trace", "", words::ENTER_TRACE),
            ("trace", &long, words::ENTER_TRACE),
            ("deposit_way", "cash in hand", words::ENTER_WAY),
            ("deposit_on_day", "0", words::ENTER_DAY),
        ];
        for (field, typed, says) in cases {
            let answer = deposited(&ada, &cast, &[(field, typed)]).await;
            assert_comes_back(&answer, typed, says);
        }
        assert_eq!(kept(&house, &cast).await, (0, 0));
    });
}

#[test]
fn a_form_sent_twice_is_one_payment_and_a_changed_one_does_not_vanish_behind_it() {
    run(async |house| {
        let (cast, ada) = at_the_desk(&house).await;
        let (first, second) = tokio::join!(sent(&ada, &cast, &[]), sent(&ada, &cast, &[]));
        let first = first.to.unwrap();
        assert_eq!(second.to.unwrap(), first, "at the same moment");
        assert_eq!(sent(&ada, &cast, &[]).await.to.unwrap(), first, "and later");
        assert_eq!(kept(&house, &cast).await, (1, 1));

        for typed in [("cents", "51.00"), ("on_day", "8"), ("reference", "1022"), ("way", "cash")] {
            assert_comes_back(&sent(&ada, &cast, &[typed]).await, typed.1, words::SENT_BEFORE);
        }
        assert_eq!(kept(&house, &cast).await, (1, 1));

        let other = [("once", "00000000-0000-7000-8000-000000000005")];
        assert_comes_back(&deposited(&ada, &cast, &other).await, "its key", words::SENT_BEFORE);
        assert_eq!(kept(&house, &cast).await, (1, 1));
    });
}

#[test]
fn a_deposit_that_two_people_write_down_is_in_the_books_once() {
    run(async |house| {
        let (cast, ada) = at_the_desk(&house).await;
        let first = deposited(&ada, &cast, &[]).await.to.unwrap();
        assert_eq!(deposited(&ada, &cast, &[]).await.to.unwrap(), first);

        let once = ("once", "00000000-0000-7000-8000-000000000007");
        for trace in ["EFT700101", " eft700101 "] {
            let again = deposited(&ada, &cast, &[once, ("trace", trace)]).await;
            assert_comes_back(&again, trace, words::WRITTEN_DOWN_ALREADY);
        }
        assert_eq!(kept(&house, &cast).await, (1, 1));

        assert!(deposited(&ada, &cast, &[once, ("trace", "EFT700102")]).await.to.is_some());
        assert_eq!(kept(&house, &cast).await, (2, 2));
    });
}

#[test]
fn money_that_came_in_a_closed_month_is_posted_on_the_first_open_day() {
    run(async |house| {
        let (cast, ada) = at_the_desk(&house).await;
        let mut tx = super::at_elm(&house, &cast).await;
        let january = bookkeeping::Period::of(jiff::civil::date(2026, 1, 31));
        crate::close(&mut tx, cast.elm, january).await.unwrap();
        for (says, month) in [
            ("closed already", january),
            ("before it", bookkeeping::Period::of(jiff::civil::date(2025, 12, 1))),
            ("one between is open", january.next().next()),
        ] {
            let said = crate::close(&mut tx, cast.elm, month).await;
            let Err(crate::Error::Books(said)) = said else { panic!("{says}: {said:?}") };
            assert_eq!(said, bookkeeping::Error::PeriodOutOfOrder(month), "{says}");
        }
        tx.commit().await.unwrap();

        let typed = [("on_month", "1"), ("on_day", "20")];
        assert!(sent(&ada, &cast, &typed).await.to.is_some());

        let mut tx = super::at_elm(&house, &cast).await;
        let entry = crate::entries(&mut tx, cast.elm).await.unwrap().pop().unwrap();
        assert_eq!((entry.on, entry.belongs_to), (jiff::civil::date(2026, 2, 1), january));
    });
}
