//! The way in: what it takes, what it tells, and when it is over.

use axum::http::StatusCode;
use ground::Acting;
use ground::clock::wall;
use ground::policy::Role;
use ground::testing::{TestHouse, run};
use jiff::SignedDuration;
use sqlx::Executor;

use super::browser::{Answer, Browser};
use crate::code::CodeKey;
use crate::{Address, LinkToken, Newcomer, cast};

const PASSWORD: &str = "plum tractor 9 violet";

impl Browser {
    async fn sign_in(&mut self, ada: &Ada) {
        let password = [("address", "Ada@elm.example"), ("password", PASSWORD)];
        let answer = self.post("/sign-in", &password).await;
        assert_eq!(answer.to.as_deref(), Some("/sign-in/code"), "{}", answer.page);
        let answer = self.post("/sign-in/code", &[("code", &ada.code().await)]).await;
        assert_eq!(answer.to.as_deref(), Some("/today"), "{}", answer.page);
    }

    async fn is_in(&mut self) -> bool {
        self.get("/me/sign-ins").await.status == StatusCode::OK
    }
}

/// Ada, who took her invitation, with the key in her app.
struct Ada {
    house: TestHouse,
    key: CodeKey,
}

impl Ada {
    /// A code that was not used: the clock of a test does not wait for the next one, so the house
    /// forgets that it saw one.
    async fn code(&self) -> String {
        let forget = "update people.credential set totp_last_step = 0";
        self.house.superuser().await.execute(forget).await.unwrap();
        self.key.code_at(wall())
    }
}

async fn invited(house: &TestHouse) -> LinkToken {
    let cast = cast::everybody(&house.house).await.unwrap();
    let ada = Newcomer { name: "Ada Reyes".into(), address: address("ada@elm.example") };
    let mut tx = house.house.begin(&Acting::Job { practice: cast.elm }).await.unwrap();
    let link = crate::invite(&mut tx, house.house.new_id(), cast.elm, &ada, Role::Clinician)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    link
}

fn address(text: &str) -> Address {
    Address::read(text).unwrap()
}

/// The key that the page shows, as an app would read it.
fn key_on(page: &str) -> CodeKey {
    let from = page.split("<code>").nth(1).unwrap();
    CodeKey::from_text(from.split("</code>").next().unwrap()).unwrap()
}

async fn take(browser: &mut Browser, link: &LinkToken) -> (CodeKey, Answer) {
    let key = key_on(&browser.get(&link.path()).await.page);
    let answer = press(browser, link, &key).await;
    (key, answer)
}

async fn press(browser: &mut Browser, link: &LinkToken, key: &CodeKey) -> Answer {
    let form = [("password", PASSWORD), ("key", &key.text()), ("code", &key.code_at(wall()))];
    browser.post(&link.path(), &form).await
}

/// Ada took her invitation in some other browser.
async fn ada(house: &TestHouse) -> Ada {
    let link = invited(house).await;
    let (key, answer) = take(&mut Browser::at(house), &link).await;
    assert_eq!(answer.to.as_deref(), Some("/today"), "{}", answer.page);
    Ada { house: house.clone(), key }
}

#[test]
fn a_password_and_a_code_let_ada_in_and_signing_out_lets_her_out() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        assert!(!browser.is_in().await);

        browser.sign_in(&ada).await;
        let page = browser.get("/me/sign-ins").await.page;
        assert!(page.contains("Firefox on Linux") && page.contains("This one"), "{page}");

        let cookie = browser.cookie.clone();
        browser.post("/sign-out", &[]).await;
        assert_eq!(browser.cookie, None);
        browser.cookie = cookie;
        assert!(!browser.is_in().await, "the old cookie is worth nothing");
    });
}

#[test]
fn a_password_alone_lets_nobody_in() {
    run(async |house| {
        let _ada = ada(&house).await;
        let mut browser = Browser::at(&house);

        let form = [("address", "ada@elm.example"), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await;

        assert!(browser.cookie.is_some());
        assert!(!browser.is_in().await);
        assert_eq!(browser.post("/sign-in/code", &[("code", "000000")]).await.status, 422);
        assert!(!browser.is_in().await);
    });
}

#[test]
fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    run(async |house| {
        let _ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        let wrong = |address| [("address", address), ("password", "not this one")];

        let known = browser.post("/sign-in", &wrong("ada@elm.example")).await;
        let unknown = browser.post("/sign-in", &wrong("eve@elm.example")).await;

        assert_eq!(
            (known.status, unknown.status),
            (StatusCode::UNPROCESSABLE_ENTITY, known.status)
        );
        assert_eq!(known.calm(), unknown.calm().replace("eve@elm", "ada@elm"));
        assert!(known.page.contains("ada@elm.example"), "what was typed stays");
        assert!(!known.page.contains("not this one"), "but never the password");
        assert_eq!(browser.cookie, None);
    });
}

#[test]
fn an_empty_form_says_at_each_field_what_to_enter() {
    run(async |house| {
        let answer =
            Browser::at(&house).post("/sign-in", &[("address", "ada"), ("password", "")]).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("<title>Error: "), "{}", answer.page);
        assert!(
            answer.page.contains("Enter your email") && answer.page.contains("Enter your password")
        );
    });
}

#[test]
fn a_code_counts_once() {
    run(async |house| {
        let ada = ada(&house).await;
        let form = [("address", "ada@elm.example"), ("password", PASSWORD)];
        let (mut one, mut other) = (Browser::at(&house), Browser::at(&house));
        one.post("/sign-in", &form).await;
        other.post("/sign-in", &form).await;
        let code = ada.code().await;

        let first = one.post("/sign-in/code", &[("code", &code)]).await;
        let second = other.post("/sign-in/code", &[("code", &code)]).await;

        assert_eq!(first.to.as_deref(), Some("/today"));
        assert_eq!(second.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(one.is_in().await && !other.is_in().await);
    });
}

#[test]
fn the_code_of_an_invitation_is_used_up_with_it() {
    run(async |house| {
        let link = invited(&house).await;
        let (key, _) = take(&mut Browser::at(&house), &link).await;
        let mut browser = Browser::at(&house);
        let form = [("address", "ada@elm.example"), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await;

        let answer = browser.post("/sign-in/code", &[("code", &key.code_at(wall()))]).await;

        // The step may have turned since: then the code is a new one.
        assert!(answer.status == 422 || answer.status == 303);
        let last: i64 = sqlx::query_scalar("select totp_last_step from people.credential")
            .fetch_one(&mut house.superuser().await)
            .await
            .unwrap();
        assert!(wall().as_second() / 30 - last <= 2, "the step was noted");
    });
}

#[test]
fn the_cookie_of_the_half_way_is_not_the_cookie_of_the_visit() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        let form = [("address", "ada@elm.example"), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await;
        let half = browser.cookie.clone();

        browser.post("/sign-in/code", &[("code", &ada.code().await)]).await;

        assert_ne!(browser.cookie, half);
        browser.cookie = half;
        assert!(!browser.is_in().await);
    });
}

#[test]
fn a_visit_that_was_ended_elsewhere_is_out_on_the_next_page() {
    run(async |house| {
        let ada = ada(&house).await;
        let (mut laptop, mut phone) = (Browser::at(&house), Browser::at(&house));
        laptop.sign_in(&ada).await;
        phone.sign_in(&ada).await;
        let page = laptop.get("/me/sign-ins").await.page;
        // The newest stands first, and is the phone's; the laptop's own has no button.
        let end = page.split("action=\"/me/sign-ins/").nth(1).unwrap();
        let path = format!("/me/sign-ins/{}", end.split('"').next().unwrap());

        laptop.post(&path, &[]).await;
        let twice = laptop.post(&path, &[]).await;

        assert_eq!(twice.status, StatusCode::SEE_OTHER, "pressing twice is pressing once");
        assert!(laptop.is_in().await && !phone.is_in().await);
    });
}

#[test]
fn a_visit_ends_by_itself() {
    run(async |house| {
        let ada = ada(&house).await;
        for (column, minutes, stays) in [
            ("seen_at", 59, true),
            ("seen_at", 61, false),
            ("made_at", 719, true),
            ("made_at", 721, false),
        ] {
            let mut browser = Browser::at(&house);
            browser.sign_in(&ada).await;
            let ago = wall() - SignedDuration::from_mins(minutes);
            let sql = format!("update people.sign_in set {column} = '{ago}'");
            house.superuser().await.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();

            assert_eq!(browser.is_in().await, stays, "{column} {minutes} min ago");
        }
    });
}

#[test]
fn business_time_signs_nobody_out() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        browser.sign_in(&ada).await;

        house.house.clock().advance(SignedDuration::from_hours(48));

        assert!(browser.is_in().await);
    });
}

#[test]
fn guessing_is_slowed_and_its_owner_is_kept_waiting_for_seconds_at_most() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut stranger = Browser::at(&house);
        let guess = [("address", "ada@elm.example"), ("password", "a wrong guess")];
        let mut refused = 0;
        for _ in 0..40 {
            let answer = stranger.post("/sign-in", &guess).await;
            refused += u32::from(answer.status == StatusCode::TOO_MANY_REQUESTS);
        }
        assert!(0 < refused, "forty guesses in a row are too many");

        let longest: i64 = sqlx::query_scalar(
            "select extract(epoch from max(open_at - last_at))::bigint from people.throttle",
        )
        .fetch_one(&mut house.superuser().await)
        .await
        .unwrap();
        assert!(longest <= 4, "{longest} s");
        let over = "update people.throttle set open_at = last_at";
        house.superuser().await.execute(over).await.unwrap();
        Browser::at(&house).sign_in(&ada).await;
    });
}

#[test]
fn a_guesser_in_one_place_waits_while_the_owner_in_another_comes_in() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut stranger = Browser::at(&house);
        stranger.place = "203.0.113.9".parse().ok();
        let guess = [("address", "ada@elm.example"), ("password", "a wrong guess")];
        for _ in 0..5 {
            assert_eq!(stranger.post("/sign-in", &guess).await.status, 422);
        }

        assert_eq!(stranger.post("/sign-in", &guess).await.status, 429);
        let mut browser = Browser::at(&house);
        browser.place = "198.51.100.4".parse().ok();
        browser.sign_in(&ada).await;
        assert!(browser.is_in().await);
    });
}

/// A wrong guess at Ada's password by way of `peer`, who says where it is from.
async fn guess_by_way_of(house: &TestHouse, peer: &str, forwarded: &str) -> StatusCode {
    let mut stranger = Browser::at(house);
    stranger.place = peer.parse().ok();
    stranger.forwarded = Some(forwarded.into());
    let guess = [("address", "ada@elm.example"), ("password", "a wrong guess")];
    stranger.post("/sign-in", &guess).await.status
}

#[test]
fn behind_a_trusted_proxy_places_are_told_apart_and_none_is_made_up() {
    run(async |house| {
        let _ada = ada(&house).await;
        // The house of a test trusts this one, and nobody else.
        let proxy = "192.0.2.1";
        for _ in 0..5 {
            assert_eq!(guess_by_way_of(&house, proxy, "198.51.100.4").await, 422);
        }

        assert_eq!(guess_by_way_of(&house, proxy, "198.51.100.4").await, 429);
        assert_eq!(guess_by_way_of(&house, proxy, "6.6.6.6, 198.51.100.4").await, 429);
        assert_eq!(guess_by_way_of(&house, proxy, "198.51.100.5").await, 422);

        for made_up in 0..5 {
            let forwarded = format!("198.51.100.{made_up}");
            assert_eq!(guess_by_way_of(&house, "203.0.113.9", &forwarded).await, 422);
        }
        assert_eq!(guess_by_way_of(&house, "203.0.113.9", "198.51.100.77").await, 429);
    });
}

#[test]
fn codes_are_not_guessed_for_long() {
    run(async |house| {
        let _ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        let form = [("address", "ada@elm.example"), ("password", PASSWORD)];
        browser.post("/sign-in", &form).await;

        let mut last = StatusCode::OK;
        for _ in 0..7 {
            last = browser.post("/sign-in/code", &[("code", "not one")]).await.status;
        }

        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    });
}

#[test]
fn an_invitation_shows_by_get_and_acts_by_post_once() {
    run(async |house| {
        let link = invited(&house).await;
        let mut browser = Browser::at(&house);
        for _ in 0..2 {
            let shown = browser.get(&link.path()).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert!(shown.page.contains("invites you as a clinician"), "{}", shown.page);
            assert!(shown.page.contains("<svg") && !shown.page.contains("<?xml"));
        }

        let (key, first) = take(&mut browser, &link).await;
        assert_eq!(first.to.as_deref(), Some("/today"));
        assert!(browser.is_in().await);

        let form = [("password", PASSWORD), ("key", &key.text()), ("code", &key.code_at(wall()))];
        for answer in [browser.get(&link.path()).await, browser.post(&link.path(), &form).await] {
            assert_eq!(answer.status, StatusCode::GONE, "{}", answer.page);
        }
    });
}

#[test]
fn an_invitation_pressed_twice_at_once_is_taken_once() {
    run(async |house| {
        let link = invited(&house).await;
        let (mut one, mut other) = (Browser::at(&house), Browser::at(&house));

        let key = key_on(&one.get(&link.path()).await.page);

        let (first, second) =
            tokio::join!(press(&mut one, &link, &key), press(&mut other, &link, &key));

        let mut answers = [first.status, second.status];
        answers.sort();
        assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::GONE]);
    });
}

#[test]
fn an_invitation_without_a_password_that_holds_or_a_code_stays_open() {
    run(async |house| {
        let link = invited(&house).await;
        let mut browser = Browser::at(&house);
        let key = key_on(&browser.get(&link.path()).await.page);
        let (text, code) = (key.text(), key.code_at(wall()));
        for (password, key, code, says) in [
            ("short", text.as_str(), code.as_str(), "8 characters or more"),
            ("password1", &text, &code, "among the first"),
            ("ada reyes", &text, &code, "among the first"),
            (PASSWORD, &text, "", "Enter the six digits"),
            (PASSWORD, "GEZD", &code, "Enter the six digits"),
        ] {
            let form = [("password", password), ("key", key), ("code", code)];
            let answer = browser.post(&link.path(), &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{password}");
            assert!(answer.page.contains(says), "{password}: {}", answer.page);
            assert!(!answer.page.contains(PASSWORD));
        }

        assert_eq!(take(&mut browser, &link).await.1.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn an_invitation_is_over_after_a_week() {
    run(async |house| {
        let link = invited(&house).await;
        let mut browser = Browser::at(&house);
        house.house.clock().advance(SignedDuration::from_hours(7 * 24));

        assert_eq!(browser.get(&link.path()).await.status, StatusCode::GONE);
        assert_eq!(browser.get("/invitation/00").await.status, StatusCode::GONE);
    });
}

#[test]
fn whoever_can_sign_in_takes_a_second_invitation_signed_in() {
    run(async |house| {
        let ada = ada(&house).await;
        let oak = crate::found(&house.house, &cast::oak_lane()).await.unwrap();
        let newcomer = Newcomer { name: "Ada R.".into(), address: address("ada@elm.example") };
        let mut tx = house.house.begin(&Acting::Job { practice: oak.practice }).await.unwrap();
        let link =
            crate::invite(&mut tx, house.house.new_id(), oak.practice, &newcomer, Role::Clinician)
                .await
                .unwrap();
        tx.commit().await.unwrap();

        let mut browser = Browser::at(&house);
        let held = browser.post(&link.path(), &[("password", "a new one for her")]).await;
        assert_eq!(held.status, StatusCode::UNPROCESSABLE_ENTITY, "a link sets no second password");
        browser.sign_in(&ada).await;
        let taken = browser.post(&link.path(), &[]).await;

        assert_eq!(taken.to.as_deref(), Some("/today"), "{}", taken.page);
        let held: i64 = sqlx::query_scalar(
            "select count(*) from people.role r join people.person p using (person_id)
              where p.address = 'ada@elm.example' and r.practice_id = $1 and r.ended_at is null",
        )
        .bind(oak.practice.0)
        .fetch_one(&mut house.superuser().await)
        .await
        .unwrap();
        assert_eq!(held, 1);
    });
}

#[test]
fn nothing_that_opens_a_door_is_found_in_the_database() {
    run(async |house| {
        let ada = ada(&house).await;
        let mut browser = Browser::at(&house);
        browser.sign_in(&ada).await;
        let token = browser.cookie.clone().unwrap();
        let token = token.split_once('=').unwrap().1.to_owned();
        let mut superuser = house.superuser().await;

        let kept: Vec<String> = sqlx::query_scalar(
            "select encode(token_hash, 'hex') from people.sign_in
              union all select encode(totp_sealed, 'hex') from people.credential
              union all select encode(verifier, 'hex') from people.credential
              union all select encode(token_hash, 'hex') from people.invitation",
        )
        .fetch_all(&mut superuser)
        .await
        .unwrap();

        let key: String = ada.key.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        for secret in [token, key] {
            assert!(kept.iter().all(|row| !row.contains(&secret)));
        }
    });
}

#[test]
fn of_two_who_try_at_once_the_earlier_clock_waits_no_longer() {
    run(async |house| {
        let mut superuser = house.superuser().await;
        let mut waits = Vec::new();
        for wall in ["2026-02-09T15:00:00.000002Z", "2026-02-09T15:00:00.000001Z"] {
            let wait: i32 = sqlx::query_scalar(
                "select people.throttle_try(sha256('one'), 5, 60, $1::text::timestamptz)",
            )
            .bind(wall)
            .fetch_one(&mut superuser)
            .await
            .unwrap_or(-1);
            waits.push(wait);
        }

        assert_eq!(waits, [0, 0]);
    });
}
