//! A client books a visit on a phone, and the clinician finds it in her week. Every page on the way
//! is well made, in each width.

use calendar::{Place, Wanted};
use ground::html::{Lang, when};
use ground::{Acting, House};
use jiff::{SignedDuration, Timestamp, ZonedDateTime};
use people::cast::{self, Cast};

use super::client::{is_well_made, signed_in};
use super::killed::beside;
use super::program::{Data, Program};
use crate::browser::{Browser, DESK, NARROW, PHONE, assert_quiet, assert_walkable};

/// Ada treats Sam, works from nine to five on weekdays, and can be booked.
async fn ready(house: &House) -> (Cast, Acting) {
    let cast = cast::everybody(house).await.unwrap();
    let (elm, ada) = (cast.elm, cast.ada_treats.id);
    hours::cast::works_weekdays(house, &cast.ada, elm, ada).await.unwrap();
    calendar::cast::visits(house, &cast.ada, elm).await.unwrap();
    let mut tx = house.begin(&Acting::Job { practice: elm }).await.unwrap();
    offers::begin_care(&mut tx, elm, cast.sam.id, ada).await.unwrap();
    tx.commit().await.unwrap();
    let sam = cast::comes_in(house, elm, cast.sam.id).await.unwrap().unwrap();
    (cast, sam)
}

/// The first open time for Sam.
async fn first_open(house: &House, cast: &Cast, sam: &Acting) -> ZonedDateTime {
    let mut tx = house.begin(sam).await.unwrap();
    let visit = calendar::visit_types(&mut tx, cast.elm).await.unwrap().remove(0);
    let from = house.now();
    let wanted = Wanted {
        clinician: cast.ada_treats.id,
        client: cast.sam.id,
        visit: &visit,
        place: Place::Office,
        from,
        to: from + SignedDuration::from_hours(24 * 7),
    };
    let starts: Vec<Timestamp> = calendar::openings(&mut tx, cast.elm, wanted, 1).await.unwrap();
    let zone = hours::zone(&mut tx, cast.elm).await.unwrap();
    starts[0].to_zoned_datetime(zone)
}

#[test]
fn a_client_books_on_a_phone_and_the_clinician_finds_it_in_her_week() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve"], &[]);
        let house = beside(&data).await;
        let (cast, as_sam) = ready(&house).await;
        let at = first_open(&house, &cast, &as_sam).await;
        let day = when::day_text(Lang::En, at.date());
        let clock = when::clock_text(at.time());
        let browser = Browser::start().at(trellis.address());

        let sam = browser.tab(PHONE).await;
        signed_in(&data, &sam, as_sam.person().unwrap()).await;
        sam.visit("/me/visits").await;
        sam.sees("Visits that you have booked will be here").await;
        is_well_made(&sam).await;
        sam.follow("Book a visit").await;
        sam.sees("First visit with Ada Reyes, 60 minutes.").await;
        is_well_made(&sam).await;
        assert_walkable(&sam).await;
        sam.press_near(&day, &clock).await;
        assert_eq!(sam.heading().await, format!("{day}, {clock}"));
        sam.sees("It is held until").await;
        is_well_made(&sam).await;
        sam.press("Book this time").await;
        sam.sees("Cancel this visit").await;
        is_well_made(&sam).await;
        sam.visit("/me/visits").await;
        sam.sees(&format!("{day}, {clock}")).await;
        is_well_made(&sam).await;

        let week = at.date().iso_week_date();
        let path = format!(
            "/p/{}/week?week={}-W{:02}&day={}",
            cast.elm,
            week.year(),
            week.week(),
            at.date()
        );
        for screen in [DESK, DESK.dark(), PHONE, NARROW] {
            let ada = browser.tab(screen).await;
            signed_in(&data, &ada, cast.ada.person).await;
            ada.visit(&path).await;
            ada.sees("Sam Whitfield").await;
            is_well_made(&ada).await;
            assert_quiet(&ada);
        }
        let ada = browser.tab(DESK).await;
        signed_in(&data, &ada, cast.ada.person).await;
        ada.visit(&path).await;
        assert_walkable(&ada).await;
        ada.visit(&format!("/p/{}/clients/{}/booking", cast.elm, cast.sam.id)).await;
        ada.sees("For Sam Whitfield. Session with Ada Reyes, 53 minutes.").await;
        is_well_made(&ada).await;
    });
}
