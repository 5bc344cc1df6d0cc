//! A client comes in with nothing but a mailbox; and what a scheduler was refused is read by the
//! owner. Every page on the way is well made, on a phone and on a desk.

use std::time::Duration;

use ground::mail::Letter;
use ground::{Acting, House};
use ids::{PersonId, PracticeId, Uuid};
use people::cast;

use super::killed::beside;
use super::program::{Data, Program};
use crate::browser::{
    Browser, DESK, PHONE, Tab, assert_accessible, assert_no_overflow, assert_walkable,
};

const SAM: &str = "sam@example.com";

/// The letters of a practice to an address, oldest first.
async fn letters(house: &House, practice: PracticeId, to: &str) -> Vec<Letter> {
    let mut tx = house.begin(&Acting::Job { practice }).await.unwrap();
    let rows: Vec<(Uuid, Vec<u8>)> = sqlx::query_as(
        "select l.id, l.sealed from ground.letter l where l.to_address = $1 order by l.id",
    )
    .bind(to)
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

/// Waits until the `nth` letter to an address is there, and gives the line of it that `is_it` picks.
pub(super) async fn letter_line(
    house: &House,
    practice: PracticeId,
    to: &str,
    nth: usize,
    is_it: impl Fn(&str) -> bool,
) -> String {
    for _ in 0..200 {
        if let Some(letter) = letters(house, practice, to).await.get(nth) {
            return letter.body.lines().find(|line| is_it(line)).unwrap().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("letter {nth} to {to} did not come");
}

pub(super) async fn is_well_made(tab: &Tab) {
    assert_accessible(tab).await;
    assert_no_overflow(tab).await;
}

/// The browser of somebody who has signed in, as a client where they are one.
pub(super) async fn signed_in(data: &Data, tab: &Tab, person: PersonId) {
    let token = format!("{}{}", person.0.simple(), person.0.simple());
    let options = data.stores().superuser().unwrap().clone().database(data.stores().database());
    let pool = sqlx::PgPool::connect_with(options).await.unwrap();
    sqlx::query(
        "insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at,
                                     passed_at, seen_at)
         values (gen_random_uuid(), sha256(decode($1, 'hex')), $2,
                 exists (select from people.client where person_id = $2), 'A laptop', now(), now(),
                 now())
         on conflict (token_hash) do nothing",
    )
    .bind(&token)
    .bind(person.0)
    .execute(&pool)
    .await
    .unwrap();
    pool.close().await;
    tab.carry_cookie("trellis", &token).await;
}

#[test]
fn a_client_comes_in_by_link_and_code_on_a_phone() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve"], &[]);
        let house = beside(&data).await;
        let cast = cast::everybody(&house).await.unwrap();
        let elm = cast.elm;
        let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
        people::invite_client(&mut tx, elm, cast.sam.id).await.unwrap();
        tx.commit().await.unwrap();
        let browser = Browser::start().at(trellis.address());
        let sam = browser.tab(PHONE).await;

        // The letter is lost: Sam asks for another.
        sam.visit("/sign-in").await;
        sam.follow("You are a client? Sign in with a link").await;
        is_well_made(&sam).await;
        assert_walkable(&sam).await;
        sam.fill("Your email", SAM).await;
        sam.press("Send me a link").await;
        sam.sees("Look into your mail").await;
        is_well_made(&sam).await;

        let link = letter_line(&house, elm, SAM, 1, |line| line.contains("/sign-in/link/")).await;
        let path = format!("/sign-in/link/{}", link.rsplit('/').next().unwrap());
        sam.visit(&path).await;
        sam.sees("Sign in to Elm Street Practice").await;
        is_well_made(&sam).await;
        sam.press("Send me a code").await;
        sam.sees("Enter the code from the letter").await;
        is_well_made(&sam).await;
        sam.fill("Six digits", "12").await;
        sam.press("Continue").await;
        sam.sees("Enter the six digits from the newest letter").await;
        is_well_made(&sam).await;
        let is_code = |line: &str| line.len() == 6 && line.bytes().all(|it| it.is_ascii_digit());
        let code = letter_line(&house, elm, SAM, 2, is_code).await;
        sam.fill("Six digits", &code).await;
        sam.press("Continue").await;

        sam.sees("Hello, Sam Whitfield").await;
        is_well_made(&sam).await;
        sam.follow("Where you are signed in").await;
        sam.sees("This one").await;
        is_well_made(&sam).await;
        sam.press("Sign out").await;
        sam.visit(&path).await;
        sam.sees("This link has ended").await;
        is_well_made(&sam).await;
        house.close().await;
    });
}

#[test]
fn an_owner_reads_what_a_scheduler_was_refused() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
        let house = beside(&data).await;
        let cast = cast::everybody(&house).await.unwrap();
        let browser = Browser::start().at(trellis.address());
        let people = format!("/p/{}/people", cast.elm);
        let sue = browser.tab(DESK).await;
        signed_in(&data, &sue, cast.sue.person).await;

        sue.visit(&people).await;
        sue.sees("Without an agreement in force").await;

        for (screen, who) in [(PHONE, &cast.ada), (DESK, &cast.ben)] {
            let tab = browser.tab(screen).await;
            signed_in(&data, &tab, who.person).await;
            tab.visit(&people).await;
            is_well_made(&tab).await;
            tab.follow("What was refused here").await;
            tab.sees("Sue Park, of the operator").await;
            tab.sees("Sees who belongs to a practice, and as what.").await;
            is_well_made(&tab).await;
        }
        house.close().await;
    });
}
