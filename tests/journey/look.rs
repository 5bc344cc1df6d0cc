//! The pages that stand today, in a real browser: for everybody's screen, eyes and keyboard.

use super::program::{Data, Program};
use crate::browser::{
    Browser, DESK, NARROW, PHONE, assert_accessible, assert_no_foreign_origin, assert_no_overflow,
    assert_quiet, assert_walkable,
};

/// Pages that anybody may open, and what stands at their top.
const PAGES: &[(&str, &str)] = &[
    ("/design", "Ink on paper"),
    ("/compare", "What would you keep?"),
    ("/nowhere", "This page is not here"),
];

#[test]
fn every_open_page_is_well_made_on_every_screen() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
        let browser = Browser::start().at(trellis.address());
        for screen in [NARROW, PHONE, DESK, PHONE.dark(), DESK.dark()] {
            let somebody = browser.tab(screen).await;
            for (path, heading) in PAGES {
                somebody.visit(path).await;
                somebody.sees(heading).await;
                assert_accessible(&somebody).await;
                assert_no_overflow(&somebody).await;
                assert_no_foreign_origin(&somebody);
            }
            somebody.visit("/design").await;
            assert_quiet(&somebody);
        }
    });
}

#[test]
fn a_page_is_walked_by_keyboard_with_the_focus_in_sight() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
        let browser = Browser::start().at(trellis.address());
        let somebody = browser.tab(DESK).await;

        somebody.visit("/nowhere").await;

        assert_walkable(&somebody).await;
    });
}

#[test]
fn a_figure_that_changes_is_answered_at_once_and_stays_in_the_address() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
        let browser = Browser::start().at(trellis.address());
        let ada = browser.tab(DESK).await;

        ada.visit("/compare").await;
        ada.fill("Your fee for a session", "177").await;
        ada.sees("fee $177").await;
        ada.visit("/compare#fee=199&two=1&two=6").await;
        ada.sees("fee $199").await;
        ada.sees("Your two, deciding and ownership").await;

        assert_eq!(ada.path().await, "/compare");
        assert_walkable(&ada).await;
        assert_accessible(&ada).await;
        assert_quiet(&ada);

        ada.fill("Your fee for a session", "177.555").await;
        ada.sees("Your fee for a session: enter dollars and cents, such as 143.50").await;
        assert_accessible(&ada).await;
    });
}
