//! How a client comes in, by a link and a code; and how those are tried by somebody else.

use axum::http::StatusCode;
use ground::clock::wall;
use ground::mail::Letter;
use ground::policy::Act;
use ground::testing::{TestHouse, run};
use ground::work::Wiring;
use ground::{Acting, keys};
use ids::{ClientId, PracticeId, Uuid};
use jiff::SignedDuration;
use sqlx::Executor;

use super::browser::{Answer, Browser};
use crate::cast::{self, Cast};
use crate::{Address, ClientLink, NewClient};

const CODE: &str = "/sign-in/link/code";

/// The letters of a practice to one address, oldest first.
async fn letters(house: &TestHouse, practice: PracticeId, address: &str) -> Vec<Letter> {
    let mut tx = house.house.begin(&Acting::Job { practice }).await.unwrap();
    let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
        "select l.id, l.sealed from ground.letter l where l.to_address = $1 order by l.id",
    )
    .bind(address)
    .fetch_all(&mut *tx)
    .await
    .unwrap();
    let mut letters = vec![];
    for (id, sealed) in rows {
        let clear = tx.open(practice, "ground.letter.sealed", id, &sealed).await.unwrap();
        letters.push(serde_json::from_slice(&clear).unwrap());
    }
    letters
}

/// The path of the newest link that came to Sam.
async fn newest_link(house: &TestHouse, practice: PracticeId, address: &str) -> String {
    let all = letters(house, practice, address).await;
    let body = &all.iter().rev().find(|it| it.body.contains("/sign-in/link/")).unwrap().body;
    body.lines().find_map(|line| line.strip_prefix("http://localhost:4780")).unwrap().to_owned()
}

/// The newest code that came to Sam.
async fn newest_code(house: &TestHouse, practice: PracticeId, address: &str) -> String {
    let all = letters(house, practice, address).await;
    let code = |it: &Letter| {
        let digits = |line: &&str| line.len() == 6 && line.bytes().all(|it| it.is_ascii_digit());
        it.body.lines().find(digits).map(str::to_owned)
    };
    all.iter().rev().find_map(code).unwrap()
}

async fn invited(house: &TestHouse, practice: PracticeId, client: ClientId) -> ClientLink {
    let mut tx = house.house.begin(&Acting::Job { practice }).await.unwrap();
    let link = crate::invite_client(&mut tx, practice, client).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    link
}

/// Another client of Elm Street, with an address of her own or of another.
async fn kit(house: &TestHouse, practice: PracticeId, address: &str) -> ClientId {
    let address = Address::read(address);
    let new = NewClient { name: "Kit Moran".into(), address, state: "TX".into() };
    let mut tx = house.house.begin(&Acting::Job { practice }).await.unwrap();
    let kit = crate::admit(&mut tx, practice, &new).await.unwrap();
    tx.commit().await.unwrap();
    kit.id
}

/// A code that is not this one.
fn other_than(code: &str) -> &'static str {
    if code == "000000" { "000001" } else { "000000" }
}

struct Elm {
    house: TestHouse,
    cast: Cast,
}

impl Elm {
    async fn of(house: TestHouse) -> Self {
        let cast = cast::everybody(&house.house).await.unwrap();
        Self { house, cast }
    }

    async fn sam_is_invited(&self) -> ClientLink {
        invited(&self.house, self.cast.elm, self.cast.sam.id).await
    }

    /// Letters are told apart by when they were written.
    fn a_moment_passes(&self) {
        self.house.house.clock().advance(SignedDuration::from_secs(1));
    }

    /// Presses the button behind the link, and reads the code that came to this address.
    async fn press(&self, browser: &mut Browser, path: &str, address: &str) -> String {
        self.a_moment_passes();
        let answer = browser.post(path, &[]).await;
        assert_eq!(answer.to.as_deref(), Some(CODE), "{}", answer.page);
        newest_code(&self.house, self.cast.elm, address).await
    }

    async fn sam_comes_in(&self, browser: &mut Browser, path: &str) -> Answer {
        let code = self.press(browser, path, "sam@example.com").await;
        browser.post(CODE, &[("code", &code)]).await
    }

    async fn asks(&self, browser: &mut Browser, address: &str) -> Answer {
        self.a_moment_passes();
        let answer = browser.post("/sign-in/link", &[("address", address)]).await;
        let wiring = Wiring { listeners: vec![], jobs: crate::ROOM.jobs.to_vec() };
        wiring.drain(&self.house.house).await.unwrap();
        answer
    }
}

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

async fn set(house: &TestHouse, sql: String) {
    house.superuser().await.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
}

#[test]
fn a_client_comes_in_by_an_invitation_and_a_code_and_sees_their_own_page() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut sam = Browser::at(&elm.house);

        let shown = sam.get(&link.path()).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.page.contains("Sign in to Elm Street Practice"), "{}", shown.page);
        assert!(!shown.page.contains("sam@example.com"), "a link that went astray names nobody");
        let came = elm.sam_comes_in(&mut sam, &link.path()).await;
        assert_eq!(came.to.as_deref(), Some("/me"), "{}", came.page);

        let page = sam.get("/me").await.page;
        for says in ["Hello, Sam Whitfield", "Elm Street Practice", "/me/sign-ins", "Sign out"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(page.contains("class=\"portal"), "{page}");
        assert!(!page.contains("<title>Hello"), "the tab names nobody");
        let list = sam.get("/me/sign-ins").await.page;
        assert!(list.contains("Firefox on Linux") && list.contains("This one"), "{list}");

        let out = sam.post("/sign-out", &[]).await;
        assert_eq!(out.to.as_deref(), Some("/sign-in/link"));
        assert_eq!(sam.get("/me").await.status, StatusCode::SEE_OTHER);
    });
}

#[test]
fn whoever_came_in_acts_as_the_client_whom_the_practice_invited_and_as_nobody_else() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let (practice, sam) = (elm.cast.elm, elm.cast.sam.id);

        let acting = cast::comes_in(&elm.house.house, practice, sam).await.unwrap().unwrap();

        let Acting::Client { person, as_client, sign_in } = &acting else {
            panic!("{acting:?}");
        };
        assert_eq!(as_client, &[(practice, sam)]);
        assert_eq!(acting.sign_in(), Some(*sign_in), "the audit has the visit");
        let mut tx = elm.house.house.begin(&acting).await.unwrap();
        let known = crate::person_of(&mut tx, practice, sam).await.unwrap();
        assert_eq!(known, Some(*person));
        assert_eq!(crate::clients(&mut tx, practice).await.unwrap().len(), 1);
        let own = crate::visit::SignIn {
            id: *sign_in,
            person: *person,
            machine: String::new(),
            made_at: wall(),
            seen_at: wall(),
        };
        tx.may(Act::RevokeSignIn, &own, &[]).await.unwrap();
        tx.commit().await.unwrap();
        let by_visit = "select count(*) from ground.audit where sign_in_id is not null";
        assert_eq!(count(&elm.house, by_visit).await, 1);
    });
}

#[test]
fn opening_a_link_does_nothing_however_often_a_scanner_opens_it() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut scanner = Browser::at(&elm.house);

        for _ in 0..3 {
            assert_eq!(scanner.get(&link.path()).await.status, StatusCode::OK);
        }

        assert_eq!(scanner.cookie, None);
        assert_eq!(letters(&elm.house, elm.cast.elm, "sam@example.com").await.len(), 1);
        assert_eq!(count(&elm.house, "select count(*) from people.passcode").await, 0);
    });
}

#[test]
fn a_link_acts_once() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let path = link.path();
        elm.sam_comes_in(&mut Browser::at(&elm.house), &path).await;

        let mut again = Browser::at(&elm.house);
        for answer in [again.get(&path).await, again.post(&path, &[]).await] {
            assert_eq!(answer.status, StatusCode::GONE);
            assert!(answer.page.contains("Get a new link"), "{}", answer.page);
        }
        assert_eq!(again.cookie, None);
    });
}

#[test]
fn a_link_pressed_in_two_browsers_lets_one_of_them_in() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let path = elm.sam_is_invited().await.path();
        let (mut one, mut other) = (Browser::at(&elm.house), Browser::at(&elm.house));
        let first = elm.press(&mut one, &path, "sam@example.com").await;
        let second = elm.press(&mut other, &path, "sam@example.com").await;

        let (a, b) = ([("code", first.as_str())], [("code", second.as_str())]);
        let (a, b) = tokio::join!(one.post(CODE, &a), other.post(CODE, &b));

        let mut answers = [a.status, b.status];
        answers.sort();
        assert_eq!(answers, [StatusCode::SEE_OTHER, StatusCode::GONE]);
        assert_eq!(count(&elm.house, "select count(*) from people.sign_in").await, 1);
    });
}

#[test]
fn a_link_lasts_as_long_as_its_letter_says() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut sam = Browser::at(&elm.house);
        elm.house.house.clock().advance(SignedDuration::from_hours(7 * 24));
        assert_eq!(sam.get(&link.path()).await.status, StatusCode::GONE, "an invitation, a week");

        elm.asks(&mut sam, "sam@example.com").await;
        let path = newest_link(&elm.house, elm.cast.elm, "sam@example.com").await;
        assert_eq!(sam.get(&path).await.status, StatusCode::OK);
        let ago = wall() - SignedDuration::from_mins(1);
        let end = format!("made_at = made_at - interval '2 hours', ends_at = '{ago}'");
        set(&elm.house, format!("update people.link set {end}")).await;
        for answer in [sam.get(&path).await, sam.post(&path, &[]).await] {
            assert_eq!(answer.status, StatusCode::GONE, "a link that was asked for, an hour");
        }
    });
}

#[test]
fn a_link_that_ended_while_its_code_was_on_the_way_lets_nobody_in() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut sam = Browser::at(&elm.house);
        let code = elm.press(&mut sam, &link.path(), "sam@example.com").await;
        set(&elm.house, "update people.invitation set withdrawn_at = made_at".into()).await;

        assert_eq!(sam.post(CODE, &[("code", &code)]).await.status, StatusCode::GONE);
        assert_eq!(count(&elm.house, "select count(*) from people.sign_in").await, 0);
    });
}

#[test]
fn a_code_is_guessed_five_times_and_then_the_right_one_is_worth_nothing() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut guesser = Browser::at(&elm.house);
        let code = elm.press(&mut guesser, &link.path(), "sam@example.com").await;

        for _ in 0..5 {
            let answer = guesser.post(CODE, &[("code", other_than(&code))]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.page);
            assert!(answer.page.contains("This is not the code"), "{}", answer.page);
        }
        let answer = guesser.post(CODE, &[("code", &code)]).await;

        assert_eq!(answer.status, StatusCode::GONE);
        assert!(answer.page.contains("This code has ended"), "{}", answer.page);
        assert_eq!(count(&elm.house, "select count(*) from people.sign_in").await, 0);
        let fresh = elm.sam_comes_in(&mut Browser::at(&elm.house), &link.path()).await;
        assert_eq!(fresh.to.as_deref(), Some("/me"), "the link still gives another code");
    });
}

#[test]
fn codes_for_one_address_are_neither_guessed_nor_sent_without_end() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let path = elm.sam_is_invited().await.path();
        let mut guesser = Browser::at(&elm.house);
        let mut tries = vec![];
        for _ in 0..3 {
            let code = elm.press(&mut guesser, &path, "sam@example.com").await;
            for _ in 0..5 {
                tries.push(guesser.post(CODE, &[("code", other_than(&code))]).await.status);
            }
        }
        let slowed = tries.iter().filter(|it| **it == StatusCode::TOO_MANY_REQUESTS).count();
        assert!(0 < slowed, "{tries:?}");

        let mut last = StatusCode::OK;
        for _ in 0..4 {
            last = guesser.post(&path, &[]).await.status;
        }
        assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "nobody is buried in letters");
    });
}

#[test]
fn a_code_counts_for_ten_minutes() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        for (minutes, goes) in [(11, false), (9, true)] {
            let mut sam = Browser::at(&elm.house);
            let code = elm.press(&mut sam, &link.path(), "sam@example.com").await;
            let ago = wall() - SignedDuration::from_mins(minutes);
            set(&elm.house, format!("update people.passcode set made_at = '{ago}'")).await;

            let answer = sam.post(CODE, &[("code", &code)]).await;

            assert_eq!(answer.to.is_some(), goes, "after {minutes} min: {}", answer.page);
        }
    });
}

#[test]
fn a_code_counts_in_the_browser_that_asked_for_it_and_for_its_own_link_alone() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let sams = elm.sam_is_invited().await;
        let kit = kit(&elm.house, elm.cast.elm, "kit@example.com").await;
        let kits = invited(&elm.house, elm.cast.elm, kit).await;
        let mut sam = Browser::at(&elm.house);
        let code = elm.press(&mut sam, &sams.path(), "sam@example.com").await;
        let mut thief = Browser::at(&elm.house);

        let answer = thief.post(CODE, &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::GONE, "a code without its cookie");
        let mut own = elm.press(&mut thief, &kits.path(), "kit@example.com").await;
        if own == code {
            own = elm.press(&mut thief, &kits.path(), "kit@example.com").await;
        }
        let answer = thief.post(CODE, &[("code", &code)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "a code of another link");

        assert_eq!(thief.post(CODE, &[("code", &own)]).await.to.as_deref(), Some("/me"));
        let page = thief.get("/me").await.page;
        assert!(page.contains("Kit Moran") && !page.contains("Sam Whitfield"), "{page}");
        assert_eq!(sam.post(CODE, &[("code", &code)]).await.to.as_deref(), Some("/me"));
    });
}

#[test]
fn a_client_who_opens_the_link_of_another_is_let_in_as_nobody_new() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let sams = elm.sam_is_invited().await;
        let kit = kit(&elm.house, elm.cast.elm, "kit@example.com").await;
        let kits = invited(&elm.house, elm.cast.elm, kit).await;
        let mut sam = Browser::at(&elm.house);
        elm.sam_comes_in(&mut sam, &sams.path()).await;

        elm.press(&mut sam, &kits.path(), "kit@example.com").await;

        assert_eq!(sam.get("/me").await.status, StatusCode::SEE_OTHER, "the way in begins anew");
        let kits_person = "select count(*) from people.client where person_id is not null";
        assert_eq!(count(&elm.house, kits_person).await, 1);
    });
}

#[test]
fn two_clients_of_a_practice_who_share_a_mailbox_are_not_taken_for_one() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let sams = elm.sam_is_invited().await;
        let kit = kit(&elm.house, elm.cast.elm, "sam@example.com").await;
        let kits = invited(&elm.house, elm.cast.elm, kit).await;
        elm.sam_comes_in(&mut Browser::at(&elm.house), &sams.path()).await;

        let answer = elm.sam_comes_in(&mut Browser::at(&elm.house), &kits.path()).await;

        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("another email for each"), "{}", answer.page);
    });
}

#[test]
fn asking_is_answered_alike_whoever_asks() {
    run(async |house| {
        let elm = Elm::of(house).await;
        cast::comes_in(&elm.house.house, elm.cast.elm, elm.cast.sam.id).await.unwrap();
        let sent = letters(&elm.house, elm.cast.elm, "sam@example.com").await.len();

        let mut answers = vec![];
        for address in ["sam@example.com", "eve@example.com", "ada@elm.example"] {
            let answer = elm.asks(&mut Browser::at(&elm.house), address).await;
            answers.push((answer.status, answer.to, answer.page));
        }

        assert_eq!(answers[0].1.as_deref(), Some("/sign-in/link/sent"));
        assert!(answers.iter().all(|it| *it == answers[0]), "{answers:?}");
        let page = Browser::at(&elm.house).get("/sign-in/link/sent").await.page;
        assert!(page.contains("If a practice knows this email"), "{page}");
        let after = letters(&elm.house, elm.cast.elm, "sam@example.com").await.len();
        assert_eq!(after, sent + 1);
        let others = "select count(*) from ground.letter where to_address !~ 'sam'";
        assert_eq!(count(&elm.house, others).await, 0);
        let kept = "select count(*) from people.link_ask where address is not null";
        assert_eq!(count(&elm.house, kept).await, 0, "whoever is not known leaves nothing here");
    });
}

#[test]
fn asking_twice_by_one_press_is_one_letter_and_asking_without_end_waits() {
    run(async |house| {
        let elm = Elm::of(house).await;
        cast::comes_in(&elm.house.house, elm.cast.elm, elm.cast.sam.id).await.unwrap();
        let before = letters(&elm.house, elm.cast.elm, "sam@example.com").await.len();
        let mut sam = Browser::at(&elm.house);
        let once = Uuid::from_u128(0xa5c).to_string();
        let form = [("address", "sam@example.com"), ("once", &once)];

        sam.post("/sign-in/link", &form).await;
        elm.asks(&mut sam, "nobody@example.com").await;
        sam.post("/sign-in/link", &form).await;
        elm.asks(&mut sam, "nobody@example.com").await;
        let after = letters(&elm.house, elm.cast.elm, "sam@example.com").await.len();
        assert_eq!(after, before + 1);

        for known in ["sam@example.com", "eve@example.com"] {
            let mut last = StatusCode::OK;
            for _ in 0..8 {
                last = elm.asks(&mut sam, known).await.status;
            }
            assert_eq!(last, StatusCode::TOO_MANY_REQUESTS, "{known}");
        }
    });
}

#[test]
fn a_client_who_lost_the_invitation_asks_for_a_link_and_comes_in() {
    run(async |house| {
        let elm = Elm::of(house).await;
        elm.sam_is_invited().await;
        elm.house.house.clock().advance(SignedDuration::from_hours(8 * 24));
        let mut sam = Browser::at(&elm.house);

        elm.asks(&mut sam, "Sam@Example.com ").await;
        let path = newest_link(&elm.house, elm.cast.elm, "sam@example.com").await;
        let came = elm.sam_comes_in(&mut sam, &path).await;

        assert_eq!(came.to.as_deref(), Some("/me"), "{}", came.page);
        assert!(sam.get("/me").await.page.contains("Sam Whitfield"));
        let taken = "select count(*) from people.invitation where taken_at is not null";
        assert_eq!(count(&elm.house, taken).await, 1);
    });
}

#[test]
fn letters_at_the_door_hold_the_practice_and_the_link_or_the_code_and_nothing_of_anybody() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        elm.press(&mut Browser::at(&elm.house), &link.path(), "sam@example.com").await;
        elm.asks(&mut Browser::at(&elm.house), "sam@example.com").await;

        let all = letters(&elm.house, elm.cast.elm, "sam@example.com").await;
        assert_eq!(all.len(), 3);
        for Letter { subject, body } in all {
            assert!(subject.starts_with("Elm Street Practice: your "), "{subject}");
            let text = format!("{subject} {body}").to_lowercase();
            for word in [
                "sam",
                "whitfield",
                "client",
                "patient",
                "care",
                "therap",
                "counsel",
                "session",
                "appointment",
                "visit",
                "health",
                "clinic",
                "treat",
                "ada",
                "ben",
            ] {
                assert!(!text.contains(word), "{word}: {body}");
            }
        }
    });
}

#[test]
fn nothing_that_lets_a_client_in_is_found_in_the_database() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let link = elm.sam_is_invited().await;
        let mut sam = Browser::at(&elm.house);
        let code = elm.press(&mut sam, &link.path(), "sam@example.com").await;
        let half = sam.cookie.clone().unwrap().split_once('=').unwrap().1.to_owned();

        let kept: Vec<String> = sqlx::query_scalar(
            "select p::text from people.passcode p
              union all select i::text from people.invitation i
              union all select l::text from ground.letter l",
        )
        .fetch_all(&mut elm.house.superuser().await)
        .await
        .unwrap();

        let token = link.path().rsplit('/').next().unwrap().to_owned();
        // Six digits of chance stand in any hash now and then: what is kept is a hash of both.
        let bare: String = sha2_hex(&code);
        for secret in [half, token, bare] {
            assert!(kept.iter().all(|row| !row.contains(&secret)), "{secret}");
        }
    });
}

fn sha2_hex(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_form_of_the_door_says_what_to_enter_and_keeps_what_was_typed() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let mut sam = Browser::at(&elm.house);

        let answer = sam.post("/sign-in/link", &[("address", "sam at home")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("sam at home") && answer.page.contains("Enter your email"));

        let link = elm.sam_is_invited().await;
        let code = elm.press(&mut sam, &link.path(), "sam@example.com").await;
        for typed in ["", "12 34", "abcdef"] {
            let answer = sam.post(CODE, &[("code", typed)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed:?}");
            assert!(answer.page.contains("Enter the six digits"), "{}", answer.page);
        }
        let spaced = format!(" {} {} ", &code[..3], &code[3..]);
        assert_eq!(sam.post(CODE, &[("code", &spaced)]).await.to.as_deref(), Some("/me"));
    });
}

#[test]
fn whoever_is_no_client_is_sent_from_the_clients_page_to_their_own() {
    run(async |house| {
        let elm = Elm::of(house).await;

        let mut ada = Browser::of(&elm.house, &elm.cast.ada.acting());
        assert_eq!(ada.get("/me").await.to.as_deref(), Some("/me/sign-ins"));
        let mut nobody = Browser::at(&elm.house);
        assert_eq!(nobody.get("/me").await.to.as_deref(), Some("/sign-in/link"));
        let path = "/sign-in/link/0123456789abcdef0123456789abcdef";
        assert_eq!(nobody.get(path).await.status, StatusCode::GONE);
        assert_eq!(nobody.get("/sign-in/link/x").await.status, StatusCode::GONE);
    });
}

#[test]
fn the_house_is_no_practice_and_its_job_of_links_reaches_none() {
    run(async |house| {
        let elm = Elm::of(house).await;
        let mut tx = elm.house.house.begin(&Acting::Job { practice: keys::HOUSE }).await.unwrap();

        assert!(crate::clients(&mut tx, elm.cast.elm).await.unwrap().is_empty());
    });
}
