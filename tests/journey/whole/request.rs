//! From a request for care to a clinician's yes: a stranger on a phone, a coordinator at the desk,
//! a clinician.

use crate::browser::{PHONE, Tab};
use crate::journey::client::is_well_made;

use super::stage::Stage;

/// A stranger asks for care on a phone, and forgets one thing.
pub async fn asks_for_care(stage: &Stage) {
    let somebody = stage.tab(PHONE).await;
    somebody.visit("/").await;
    somebody.follow("Find care").await;
    is_well_made(&somebody).await;
    somebody.choose("Worry or panic").await;
    somebody.fill("In your own words (optional)", "I wake at four and cannot stop thinking.").await;
    somebody.choose("An adult of 26 to 64").await;
    somebody.press("Continue").await;

    somebody.sees("How can we reach you?").await;
    is_well_made(&somebody).await;
    somebody.fill("Your name", "Sam Whitfield").await;
    somebody.select("Where you will be when you meet", "Texas").await;
    somebody.choose("Lone Star Health (demo)").await;
    somebody.choose("In the office").await;
    somebody.fill("Your email (optional)", super::SAM).await;
    somebody.choose("By email").await;
    somebody.choose("By a phone call").await;
    somebody.press("Send").await;

    somebody.sees("Enter your phone, or uncheck calls and text messages").await;
    is_well_made(&somebody).await;
    somebody.fill("Your phone (optional)", "512 555 0142").await;
    somebody.press("Send").await;
    somebody.sees("We have your message").await;
    is_well_made(&somebody).await;
}

/// The coordinator calls, sees who fits and why, and puts the request before Ada.
pub async fn puts_it_before_ada(ina: &Tab) {
    is_well_made(ina).await;
    ina.follow("Open : One person asks for care").await;
    ina.sees("One person waits for us, for 12 min.").await;
    is_well_made(ina).await;
    ina.follow("Open : Sam Whitfield").await;
    ina.sees("I wake at four and cannot stop thinking.").await;
    is_well_made(ina).await;
    ina.choose("Call").await;
    ina.choose("Reached").await;
    ina.press("Write it down").await;
    ina.sees("Call: Reached").await;

    ina.follow("See who could take it").await;
    ina.sees("Ada Reyes, LPC-S").await;
    is_well_made(ina).await;
    ina.press("Cannot take it, and what would have to change").await;
    ina.sees("Ben Ortiz, LPC Associate").await;
    ina.press("Offer to Ada Reyes").await;
    ina.sees("It is before Ada Reyes").await;
    is_well_made(ina).await;
}

/// Ada reads who asks and what speaks for it, and says yes: from here Sam is her client.
pub async fn says_yes(ada: &Tab) {
    is_well_made(ada).await;
    ada.follow("Answer : A person asks for care").await;
    ada.sees("I wake at four and cannot stop thinking.").await;
    ada.sees("Their name is Sam Whitfield.").await;
    is_well_made(ada).await;
    ada.press("Accept").await;
    ada.sees("Open the chart").await;
    assert_eq!(ada.heading().await, "Sam Whitfield");
    is_well_made(ada).await;
}
