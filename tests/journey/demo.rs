//! The demo: made in an empty house and nowhere else, whole, and the same on any day.

use super::program::{Data, Program, ask};
use crate::browser::{Browser, DESK};

/// What Oak Lane Practice collected in September, by hand. Una's clients come from the week after
/// they ask; who pays alone brings a check with each visit, Lone Star pays ten days after a visit,
/// and a copay of $25.00 comes twelve days after it.
///
/// ```text
/// Ella Watts, herself     Sep 16 $190.00, Sep 23 $175.00, Sep 30 $175.00      $540.00
/// Ravi Shah, himself      Sep 24 $190.00                                      $190.00
/// Sofia Rossi, Lone Star  first visit Sep 14: $165.30 − $25.00 on Sep 24      $140.30
///                         her copay on Sep 26                                  $25.00
/// David Cohen, Lone Star  first visit Sep 15: $140.30 on Sep 25, copay Sep 27 $165.30
///                                                                           ─────────
///                                                                           $1,060.60
/// ```
const OAK_IN_SEPTEMBER: &str = "1,060.60";

#[test]
fn the_demo_is_whole_the_same_on_any_day_and_made_in_an_empty_house_alone() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let data = Data::new();
        let made = ask(&data, &["demo"], b"");
        assert_eq!(made.code, 0, "{}{}", made.out, made.err);

        let again = ask(&data, &["demo"], b"");
        assert_ne!(again.code, 0);
        assert!(again.err.contains("a demo is made in an empty one"), "{}", again.err);
        let doctor = ask(&data, &["doctor"], b"");
        assert_eq!(doctor.code, 0, "each invariant holds: {}{}", doctor.out, doctor.err);

        let trellis = Program::start(&data, &["serve", "--no-worker"], &[]);
        super::books::assert_told_of_the_demo(&data).await;
        let browser = Browser::start().at(trellis.address());
        let una = browser.tab(DESK).await;
        una.visit("/demo").await;
        una.press("Sign in : Una Bell").await;
        una.sees("Today is Mon, Nov 2").await;
        una.follow("Money").await;
        una.follow("Open : Statements").await;
        una.sees("October 2026").await;
        una.sees(OAK_IN_SEPTEMBER).await;
        una.press("Next day").await;
        una.sees("Today is Tue, Nov 3").await;
    });
}
