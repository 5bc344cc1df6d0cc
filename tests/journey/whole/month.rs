//! A month closes into a statement, and becomes what an hour was worth.

use jiff::civil::date;

use crate::browser::Tab;
use crate::journey::client::is_well_made;

use super::reads;
use super::stage::Stage;

/// The month is over. Its owner closes it, and reads her statement line by line, down to what the
/// payer sent.
pub async fn ends_in_a_statement(stage: &Stage, ada: &Tab) {
    stage.wait_until(date(2026, 3, 2), 8, 0);
    ada.follow("Today").await;
    ada.follow("Look and close : February 2026 is over and not closed").await;
    is_well_made(ada).await;
    ada.press("Close February 2026").await;
    ada.sees("March 2026 is not over.").await;
    is_well_made(ada).await;

    ada.follow("February 2026 : Ada Reyes").await;
    ada.sees("The operator’s prices").await;
    let lines = [
        "you kept $77.31: $127.80 of $165.30.",
        "From Lone Star Health (demo) 1 payment $140.30",
        "From clients 1 payment $25.00",
        "Collected $165.30",
        "Leads cost $15.00 a month. −$15.00",
        "Intake costs $18.00 for each intake call, at most $450.00 a month. −$18.00",
        "Billing costs $4.50 for each claim filed, at most $600.00 a month. −$4.50",
        "You keep $77.31 of each $100 $127.80",
        "$165.30 = you $127.80 + the operator $37.50.",
    ];
    reads(ada, &lines).await;
    is_well_made(ada).await;

    ada.follow("From Lone Star Health (demo)").await;
    ada.sees("Counted from").await;
    reads(ada, &["Sam Whitfield Tue, Feb 10 $140.30"]).await;
    is_well_made(ada).await;
    ada.follow("Payer payment").await;
    ada.sees("CO-45: above the contract rate").await;
    reads(ada, &["above the contract rate −$24.70", "PR-3: copay −$25.00"]).await;
    ada.sees("SVC*HC:90791*190*140.3**1~").await;
    is_well_made(ada).await;
}

/// What an hour was worth, as measured; then with an hour that only she knows of.
pub async fn is_worth(ada: &Tab) {
    ada.follow("Worth").await;
    ada.sees("an hour was worth at most $123.84 to you: $127.80 for 1.0 hours").await;
    ada.sees("Hours: all measured;").await;
    ada.sees("$139.42").await;
    is_well_made(ada).await;

    ada.select("What the time went to", "Everything else").await;
    ada.fill("Month", "2").await;
    ada.fill("Day", "10").await;
    ada.fill("Year", "2026").await;
    ada.fill("How long, in all on that day", "1:00").await;
    ada.press("Keep this").await;
    ada.sees("an hour was worth at most $62.90 to you: $127.80 for 2.0 hours").await;
    ada.sees("Hours: 51% measured, 49% as you said them").await;
    ada.press("None of these this month").await;
    ada.sees("an hour was worth $62.90 to you: $127.80 for 2.0 hours").await;
    ada.sees("77.3% of what was collected").await;
    is_well_made(ada).await;
}
