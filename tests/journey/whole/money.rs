//! The way of the money: a claim, the payer's answer, what arrived, and a month that closes.

use billing::standin;
use jiff::civil::date;

use crate::browser::Tab;
use crate::journey::client::is_well_made;

use super::reads;
use super::stage::Stage;

/// Ada writes down once how claims name the practice.
pub async fn says_who_bills(ada: &Tab) {
    ada.follow("Money").await;
    is_well_made(ada).await;
    ada.follow("Open : Charges and claims").await;
    is_well_made(ada).await;
    ada.follow("Who bills").await;
    is_well_made(ada).await;
    ada.fill("NPI of the practice", "1000001010").await;
    ada.fill("Tax number (EIN)", "910000011").await;
    ada.fill("Street and number", "12 Elm Street").await;
    ada.fill("City", "Austin").await;
    ada.fill("State", "TX").await;
    ada.fill("ZIP code", "787012345").await;
    ada.fill("Telephone", "512 555 0142").await;
    ada.press("Save").await;
    ada.sees("A charge appears here when a clinician signs a note.").await;
}

/// The biller finds one claim ready and sends it.
pub async fn goes_out(bo: &Tab) {
    is_well_made(bo).await;
    bo.follow("Look at it : One claim is ready to send").await;
    bo.sees("Sam Whitfield").await;
    reads(bo, &["90791 ready to send $190.00"]).await;
    is_well_made(bo).await;
    bo.press("Send these claims").await;
    bo.sees("With insurers").await;
    is_well_made(bo).await;
}

/// The payer answers the file that went out, and what it says is taken in as it came: first that the
/// claim was received, ten days later what it decided.
pub async fn is_answered(stage: &Stage, bo: &Tab) -> standin::Paid {
    stage.wait_until(date(2026, 2, 11), 8, 30);
    let mut answers = stage.payer_answers(date(2026, 2, 20)).await;
    for (name, bytes) in [("999", answers.ack_999), ("277CA", answers.ack_277ca)] {
        takes_in(bo, name, bytes).await;
    }
    bo.sees("received by the insurer").await;
    stage.wait_until(date(2026, 2, 20), 10, 0);
    let paid = answers.remittances.remove(0);
    takes_in(bo, "835", paid.bytes.clone()).await;
    bo.sees("its money has not arrived").await;
    is_well_made(bo).await;
    paid
}

async fn takes_in(bo: &Tab, name: &str, bytes: Vec<u8>) {
    bo.fill("Name of the file (optional)", name).await;
    bo.fill("What the file holds", &String::from_utf8(bytes).unwrap()).await;
    bo.press("Take it in").await;
}

/// The bank shows the transfer. With it the answer posts itself, and the books balance.
pub async fn is_paid(stage: &Stage, bo: &Tab, paid: &standin::Paid) {
    bo.follow(&format!("Write down its deposit : {}", paid.trace)).await;
    is_well_made(bo).await;
    bo.press("Write down this deposit").await;
    bo.sees("$140.30").await;
    is_well_made(bo).await;
    stage.settle().await;

    bo.follow("Claims").await;
    bo.sees("Nothing waits for you.").await;
    is_well_made(bo).await;
    bo.follow("Billing : Elm Street Practice").await;
    reads(bo, &[&format!("{} Fri, Feb 20 posted $140.30", paid.trace)]).await;
    bo.follow("ESP1001").await;
    bo.sees("What it came to").await;
    let came_to = ["Charge $190.00", "Contract −$24.70", "Paid −$140.30", "Client owes $25.00"];
    reads(bo, &came_to).await;
    is_well_made(bo).await;
    bo.follow("What they owe and why").await;
    bo.sees("Visit, Tue, Feb 10").await;
    is_well_made(bo).await;
    bo.follow("Claims").await;
    bo.follow("Billing : Elm Street Practice").await;
    bo.follow("The books").await;
    balances(bo, &["bank $140.30", "receivable from clients $25.00"]).await;
    is_well_made(bo).await;
}

/// Debits and credits, as a bookkeeper reads them: what was earned, and what of it is where.
async fn balances(bo: &Tab, holds: &[&str]) {
    bo.sees("Debits and credits are equal.").await;
    let earned =
        ["service income $190.00", "contractual adjustments $24.70", "Sum $190.00 $190.00"];
    reads(bo, &earned).await;
    reads(bo, holds).await;
}

/// Sam reads on the phone what is owed and why, pays it in cash, and it is written down.
pub async fn is_shared(stage: &Stage, sam: &Tab, bo: &Tab) {
    sam.follow("Bills").await;
    sam.sees("What you owe and why").await;
    let why = [
        "You owe $25.00.",
        "The visit cost $190.00",
        "Taken off by your plan's contract −$24.70",
        "Your plan paid −$140.30",
        "$25.00 is your copay: your fixed part of each visit.",
    ];
    reads(sam, &why).await;
    is_well_made(sam).await;

    stage.wait_until(date(2026, 2, 24), 9, 5);
    bo.follow("Write down money that arrived").await;
    is_well_made(bo).await;
    bo.select("Client", "1 Sam Whitfield").await;
    bo.fill("Amount", "25.00").await;
    bo.choose("Cash").await;
    bo.press("Write down this payment").await;
    bo.sees("Client payment").await;
    reads(bo, &["Client payment $25.00"]).await;
    bo.follow("Back to the books").await;
    balances(bo, &["bank $165.30"]).await;
    bo.does_not_see("receivable").await;

    sam.follow("Home").await;
    is_well_made(sam).await;
    sam.follow("Bills").await;
    sam.sees("You owe nothing right now.").await;
    sam.sees("You paid").await;
    reads(sam, &["You paid −$25.00"]).await;
}
