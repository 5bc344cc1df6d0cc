//! One request for care walks the whole way to what an hour was worth, as the different people.

mod client;
mod request;
mod session;
mod stage;

use ground::policy::Role;
use ground::testing::run;

use self::stage::Stage;
use crate::browser::{DESK, PHONE};

/// Where the client reads letters.
const SAM: &str = "sam@example.com";

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

        let sam = stage.tab(PHONE).await;
        client::comes_in(&stage, &sam).await;
        client::fills_in(&sam).await;
        client::books(&sam).await;

        session::takes_place(&stage, &ada).await;
        session::is_diagnosed(&ada).await;
        session::is_written_and_signed(&stage, &ada).await;
    });
}
