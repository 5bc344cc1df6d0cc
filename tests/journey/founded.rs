//! Founding: from a command to the page by which the first owner comes in.

use super::program::{Data, Program, ask};
use crate::browser::{Browser, PHONE, assert_accessible, assert_no_overflow};

fn founding<'a>(kind: &'a str, address: &'a str) -> Vec<&'a str> {
    vec![
        "found",
        "--kind",
        kind,
        "--name",
        "Elm Street Practice",
        "--zone",
        "America/Denver",
        "--owner",
        "Ada Reyes",
        "--address",
        address,
    ]
}

#[test]
fn the_first_owner_comes_in_by_the_link_that_founding_prints() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);

        let said = ask(&data, &founding("group", "ada@example.org"), b"");

        assert_eq!(said.code, 0, "{}", said.err);
        let path = said.out.trim().split("/invitation/").nth(1).unwrap().to_owned();
        let browser = Browser::start().at(trellis.address());
        let ada = browser.tab(PHONE).await;
        ada.visit(&format!("/invitation/{path}")).await;
        ada.sees("Elm Street Practice").await;
        assert_accessible(&ada).await;
        assert_no_overflow(&ada).await;
        ada.visit("/sign-in").await;
        assert_accessible(&ada).await;
        assert_no_overflow(&ada).await;
    });
}

#[test]
fn what_cannot_be_founded_is_answered_with_a_sentence_and_changes_nothing() {
    let data = Data::new();
    let _trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
    assert_eq!(ask(&data, &founding("operator", "oz@example.org"), b"").code, 0);

    let again = ask(&data, &founding("operator", "una@example.org"), b"");
    assert!(again.err.contains("there is an operator already"), "{}", again.err);
    let wrong = ask(&data, &founding("group", "ada"), b"");
    assert!(wrong.err.contains("--address ada is no e-mail address"), "{}", wrong.err);
}
