//! A client on a phone: in by a link and a code, through the forms, to a booked visit.

use crate::browser::{Tab, assert_walkable};
use crate::journey::client::is_well_made;

use super::SAM;
use super::stage::Stage;

/// The letter leads to a page that sends a code, and the code leads in.
pub async fn comes_in(stage: &Stage, sam: &Tab) {
    sam.visit(&stage.link(SAM, 0).await).await;
    sam.sees("Sign in to Elm Street Practice").await;
    is_well_made(sam).await;
    stage.pass(1);
    sam.press("Send me a code").await;
    sam.fill("Six digits", &stage.code(SAM, 1).await).await;
    sam.press("Continue").await;
    sam.sees("Hello, Sam Whitfield").await;
    is_well_made(sam).await;
}

/// One question a page. One answer is wrong, and is mended where it stands.
pub async fn fills_in(sam: &Tab) {
    sam.follow("Forms").await;
    is_well_made(sam).await;
    sam.follow("Begin : Elm Street Practice").await;
    is_well_made(sam).await;
    assert_walkable(sam).await;
    sam.fill("First name", "Sam").await;
    sam.fill("Last name", "Whitfield").await;
    goes_on(sam, "When were you born?").await;
    sam.fill("Month", "2").await;
    sam.fill("Day", "30").await;
    sam.fill("Year", "1990").await;
    goes_on(sam, "There is no such day. Check month, day and year").await;
    sam.fill("Day", "20").await;
    goes_on(sam, "Where do you live?").await;
    sam.fill("Street and number", "4 Oak Court").await;
    sam.fill("City", "Austin").await;
    sam.fill("State", "TX").await;
    sam.fill("ZIP code", "78704").await;
    goes_on(sam, "Where can your clinician call you?").await;
    sam.fill("Phone", "512 555 0142").await;
    goes_on(sam, "Whom should we call if something happens to you?").await;
    goes_on(sam, "How will you pay?").await;
    sam.choose("With insurance").await;
    goes_on(sam, "Your insurance").await;
    sam.choose("Lone Star Health (demo)").await;
    sam.fill("Member ID", "LS4100200").await;
    sam.choose("Male").await;
    sam.choose("Mine").await;
    goes_on(sam, "Consent to care").await;
    signs(sam, "Privacy of your records").await;
    signs(sam, "Fees and missed visits").await;
    signs(sam, "Check your answers").await;
    sam.press("Send my forms").await;
    sam.sees("Sent. Thank you.").await;
    is_well_made(sam).await;
}

async fn goes_on(sam: &Tab, to: &str) {
    sam.press("Continue").await;
    sam.sees(to).await;
    is_well_made(sam).await;
}

async fn signs(sam: &Tab, then: &str) {
    sam.choose("I have read this and agree").await;
    sam.fill("Type your full name to sign", "Sam Whitfield").await;
    goes_on(sam, then).await;
}

/// The first visit, at a time that is open.
pub async fn books(sam: &Tab) {
    sam.follow("Go to your visits").await;
    is_well_made(sam).await;
    sam.follow("Book a visit").await;
    sam.sees("First visit with Ada Reyes, 60 minutes.").await;
    is_well_made(sam).await;
    sam.press_near("Tue, Feb 10", "9:00 AM").await;
    sam.sees("It is held until").await;
    is_well_made(sam).await;
    sam.press("Book this time").await;
    sam.sees("Cancel this visit").await;
    is_well_made(sam).await;
    sam.follow("Visits").await;
    sam.follow("Open : Tue, Feb 10, 9:00 AM").await;
    assert_eq!(sam.heading().await, "Tue, Feb 10, 9:00 AM");
}
