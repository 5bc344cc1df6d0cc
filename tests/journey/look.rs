//! The pages that stand today, in a real browser: for everybody's screen, eyes and keyboard.

use super::program::{Data, Program};
use crate::browser::{
    Browser, DESK, NARROW, PHONE, assert_accessible, assert_no_foreign_origin, assert_no_overflow,
    assert_quiet, assert_walkable,
};

/// Pages that anybody may open, and what stands at their top.
const PAGES: &[(&str, &str)] =
    &[("/design", "Ink on paper"), ("/nowhere", "This page is not here")];

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
