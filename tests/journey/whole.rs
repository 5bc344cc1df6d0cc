//! One request for care walks the whole way to what an hour was worth, as the different people:
//! by the links of their pages, typed where a person would type. Only letters lead in from outside.
//!
//! The figures, worked out by hand:
//!
//! | | | |
//! | --- | --- | --- |
//! | The visit, 90791 by the practice's fee | | $190.00 |
//! | Lone Star's contract allows $165.30 for it, so the contract takes off | 190.00 − 165.30 | 24.70 |
//! | The plan leaves a copay to the client | | 25.00 |
//! | Lone Star pays the rest | 190.00 − 24.70 − 25.00 | 140.30 |
//! | Collected: what arrived from both | 140.30 + 25.00 | 165.30 |
//! | The operator's prices: leads $15.00 a month, one call at $18.00, one claim at $4.50 | | 37.50 |
//! | Kept. Ada owns the practice, so nobody has a share of it | 165.30 − 37.50 | 127.80 |
//! | Kept of each $100 | 127.80 ÷ 1.653 | 77.31 |
//! | The session | 9:01 to 9:56 | 3,300 s |
//! | The note: first save to last, 4 × 100 s, and 15 s of reading it over | | 415 s |
//! | For a session hour | 127.80 × 3,600 ÷ 3,300 | $139.42 |
//! | For each hour that was measured | 127.80 × 3,600 ÷ 3,715 | $123.84 |
//! | With an hour more, which Ada knows of and no room measures | 127.80 × 3,600 ÷ 7,315 | $62.90 |
//!
//! No self-employment tax is in them: below $400 a year there is none (26 U.S.C. §1402(b)).

mod client;
mod money;
mod month;
mod request;
mod session;
mod stage;

use ground::policy::Role;
use ground::testing::run;

use self::stage::Stage;
use crate::browser::{DESK, PHONE, Tab, assert_quiet};

/// Where the client reads letters.
const SAM: &str = "sam@example.com";

/// Each of these lines is on the page, to the cent; in a column not every amount carries its sign.
async fn reads(somebody: &Tab, lines: &[&str]) {
    let page = somebody.text().await.replace('$', "");
    for line in lines {
        assert!(page.contains(&line.replace('$', "")), "{line:?} is not on the page: {page}");
    }
}

#[test]
fn one_request_for_care_walks_the_whole_way_to_an_effective_hour() {
    run(async |test| {
        let stage = Stage::set(&test).await;
        request::asks_for_care(&stage).await;
        stage.pass(12);
        let ina = stage.staff("Ina Moss", "ina@trellis.example", Role::Intake, DESK).await;
        request::puts_it_before_ada(&ina).await;
        stage.pass(35);
        let ada = stage.ada(DESK).await;
        request::says_yes(&ada).await;
        money::says_who_bills(&ada).await;

        let sam = stage.tab(PHONE).await;
        client::comes_in(&stage, &sam).await;
        client::fills_in(&sam).await;
        client::books(&sam).await;

        session::takes_place(&stage, &ada).await;
        session::is_diagnosed(&ada).await;
        session::is_written_and_signed(&stage, &ada).await;

        let bo = stage.staff("Bo Lindqvist", "bo@trellis.example", Role::Billing, DESK).await;
        money::goes_out(&bo).await;
        let paid = money::is_answered(&stage, &bo).await;
        money::is_paid(&stage, &bo, &paid).await;
        money::is_shared(&stage, &sam, &bo).await;

        month::ends_in_a_statement(&stage, &ada).await;
        month::is_worth(&ada).await;
        for somebody in [&ina, &ada, &bo] {
            assert_quiet(somebody);
        }
    });
}
