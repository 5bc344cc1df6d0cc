//! What takes place: the session, measured; a diagnosis; a note, written and signed.

use jiff::SignedDuration;
use jiff::civil::date;

use crate::browser::Tab;
use crate::journey::client::is_well_made;

use super::stage::Stage;

/// Ada starts when Sam is there and stops 55 minutes later.
pub async fn takes_place(stage: &Stage, ada: &Tab) {
    stage.wait_until(date(2026, 2, 10), 9, 1);
    ada.follow("Today").await;
    ada.sees("One visit.").await;
    is_well_made(ada).await;
    ada.follow("Open : Sam Whitfield").await;
    is_well_made(ada).await;
    ada.press("Start now").await;
    ada.sees("A session is still open").await;
    is_well_made(ada).await;
    stage.pass(55);
    ada.press("Stop").await;
    ada.sees("9:56 AM, 55 min").await;
    is_well_made(ada).await;
}

/// The note says that there is no diagnosis yet, and leads to where one is found.
pub async fn is_diagnosed(ada: &Tab) {
    ada.follow("none yet").await;
    is_well_made(ada).await;
    ada.fill("Find it", "anxiety").await;
    ada.press("Search").await;
    is_well_made(ada).await;
    ada.choose("Generalized anxiety disorder F41.1").await;
    ada.fill("Month", "2").await;
    ada.fill("Day", "10").await;
    ada.fill("Year", "2026").await;
    ada.press("Add this diagnosis").await;
    ada.sees("Diagnosed: F41.1 Generalized anxiety disorder").await;
    is_well_made(ada).await;
    ada.follow("Session at 9:01 AM").await;
    ada.sees("F41.1 Generalized anxiety disorder").await;
}

/// Four sections, 100 seconds each, saved as they are typed.
pub async fn is_written_and_signed(stage: &Stage, ada: &Tab) {
    ada.follow("Notes").await;
    ada.sees("Sam Whitfield").await;
    is_well_made(ada).await;
    ada.follow("Today").await;
    ada.follow("Write : Note for Sam Whitfield").await;
    ada.sees("F41.1 Generalized anxiety disorder").await;
    ada.select("What it was", "Diagnostic evaluation").await;
    for (section, text, saved) in [
        ("Subjective", "Wakes at four. Worries about work, and about worrying.", "9:56 AM"),
        ("Objective", "Alert, tense, open. No thoughts of harm.", "9:57 AM"),
        ("Assessment", "Six months and more of worry that will not be stopped.", "9:59 AM"),
        ("Plan", "Weekly. A worry hour at five, and up when awake.", "10:01 AM"),
    ] {
        ada.fill(section, text).await;
        ada.sees(&format!("Draft. Saved {saved}.")).await;
        stage.house.clock().advance(SignedDuration::from_secs(100));
    }
    is_well_made(ada).await;
    ada.press("Review and sign").await;
    ada.sees("Before you sign").await;
    ada.sees("90791").await;
    is_well_made(ada).await;
    ada.press("Sign").await;
    ada.sees("Signed Tue, Feb 10, 10:02 AM, Ada Reyes, LPC-S.").await;
    is_well_made(ada).await;
    stage.settle().await;
}
