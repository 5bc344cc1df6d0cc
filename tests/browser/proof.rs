//! The proof of the harness: a small site with good pages and bad ones. Each judge passes the good
//! and finds the fault that was planted for it.

mod site;

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::time::{Duration, Instant};

use expect_test::expect;
use futures_util::FutureExt;

use super::chromium::Process;
use super::keyboard::Stop;
use super::*;

async fn tab(screen: Screen) -> Tab {
    Browser::start().at(&site::open().await).tab(screen).await
}

/// What a step or a judge says when it gives up; empty when it does not.
async fn said(step: impl Future) -> String {
    match AssertUnwindSafe(step).catch_unwind().await {
        Ok(_) => String::new(),
        Err(panic) => *panic.downcast::<String>().expect("a step gives up with a sentence"),
    }
}

#[tokio::test]
async fn a_story_is_what_a_person_did_with_script_or_without() {
    for screen in [PHONE, DESK.dark(), DESK.without_script()] {
        let sam = tab(screen).await;

        sam.visit("/").await;
        assert_eq!(sam.heading().await, "A good page");
        sam.follow("Ask for care").await;
        sam.fill("First name", "Sam").await;
        sam.fill("Date of birth", "1990-02-28").await;
        sam.fill("What brings you here?", "Sleep.\nAnd work.").await;
        sam.choose("By video").await;
        sam.choose("Mornings").await;
        sam.choose("Evenings").await;
        sam.unchoose("Evenings").await;
        sam.select("State", "New York").await;
        sam.press("Continue").await;

        assert_eq!(sam.path().await, "/thanks");
        assert_eq!(sam.title().await, "Thank you");
        sam.sees("Sam 1990-02-28 Sleep. And work. video mornings NY").await;
        sam.does_not_see("Continue").await;
        assert_quiet(&sam);
    }
}

#[tokio::test]
async fn a_press_is_over_when_the_next_page_is_there() {
    for screen in [PHONE, PHONE.without_script()] {
        let sam = tab(screen).await;
        for _ in 0..5 {
            sam.visit("/care").await;
            sam.press("Continue").await;
            assert_eq!(sam.path().await, "/thanks");
            sam.follow("Back").await;
            assert_eq!(sam.path().await, "/");
        }
    }
}

#[tokio::test]
async fn an_act_that_leads_nowhere_else_is_over_too() {
    let sam = tab(PHONE).await;
    sam.visit("/odd").await;

    for link in ["Within the page", "In another tab", "By mail", "As a file", "To no content"] {
        sam.follow(link).await;
    }

    assert_eq!(sam.path().await, "/odd");
}

#[tokio::test]
async fn what_comes_late_is_waited_for() {
    let sam = tab(PHONE).await;
    sam.visit("/late").await;

    sam.press("Show").await;

    sam.sees("Here it is").await;
    sam.does_not_see("Soon").await;
    sam.press("Done").await;
    sam.sees("All done").await;
}

#[tokio::test]
async fn several_people_are_signed_in_at_once() {
    let browser = Browser::start().at(&site::open().await);
    let (ada, ben) = (browser.tab(DESK).await, browser.tab(PHONE).await);

    for (tab, name) in [(&ada, "Ada"), (&ben, "Ben")] {
        tab.visit("/sign-in").await;
        tab.fill("Name", name).await;
        tab.press("Sign in").await;
    }
    ada.visit("/who").await;
    ben.visit("/who").await;
    let kit = browser.tab(PHONE).await;
    kit.carry_cookie("name", "Kit").await;
    kit.visit("/who").await;

    ada.sees("You are Ada").await;
    ben.sees("You are Ben").await;
    kit.sees("You are Kit").await;
}

#[tokio::test]
async fn what_stands_in_a_row_is_found_by_its_row() {
    let sue = tab(DESK).await;
    sue.visit("/rows").await;

    let refusal = sue.refuses(sue.press("Accept")).await;
    assert!(refusal.contains("2 buttons are called \"Accept\""), "{refusal}");
    sue.press_near("Kit B.", "Accept").await;

    sue.sees("Accepted: Kit").await;
    sue.visit("/rows").await;
    sue.follow_near("Sam R.", "Why").await;
    assert_eq!(sue.path().await, "/thanks?of=sam");
}

#[tokio::test]
async fn the_keyboard_does_what_the_mouse_does() {
    let sam = tab(DESK).await;
    sam.visit("/").await;

    assert_eq!(sam.focused().await, "page");
    sam.key("Tab").await;
    assert_eq!(sam.focused().await, "link \"Skip to content\"");
    sam.key("Tab").await;
    assert_eq!(sam.focused().await, "link \"Ask for care\"");
    sam.key("Shift+Tab").await;
    sam.key("Tab").await;
    sam.key("Enter").await;

    assert_eq!(sam.path().await, "/care");
}

#[tokio::test]
async fn a_step_that_cannot_be_done_says_what_was_there() {
    let sam = tab(PHONE).await;
    sam.visit("/care").await;
    sam.fill("First name", "Sam").await;

    let said = sam.refuses(sam.press("Submit")).await;

    for part in [
        "press \"Submit\": no button is called \"Submit\"; there is: ",
        "Before it:\n  visit /care\n  fill \"First name\" with \"Sam\"",
        "textbox \"First name\" = \"Sam\"",
    ] {
        assert!(said.contains(part), "{part:?} is not in:\n{said}");
    }
    let picture = said.trim().rsplit("Picture: ").next().unwrap();
    assert!(std::fs::read(picture).unwrap().starts_with(b"\x89PNG"));
}

#[tokio::test]
async fn what_a_person_could_not_do_cannot_be_done() {
    let cases = [
        ("/covered", "Send", "it is under <div class=\"bar\"></div>"),
        ("/disabled", "Send", "it is disabled"),
        ("/nameless", "Send", "no button is called \"Send\""),
    ];
    for (path, button, why) in cases {
        let sam = tab(PHONE).await;
        sam.visit(path).await;
        let said = sam.refuses(sam.press(button)).await;
        assert!(said.contains(why), "{path}: {said}");
    }
}

#[tokio::test]
async fn the_page_is_told_what_screen_it_is_on() {
    let sam = tab(PHONE.dark()).await;
    sam.visit("/screen").await;

    assert_eq!(sam.text().await, "dark narrow still on screen");
    sam.prefer_dark(false).await;
    sam.prefer_reduced_motion(false).await;
    sam.resize(1280, 900).await;
    assert_eq!(sam.text().await, "light wide moving on screen");
    sam.print_view(true).await;
    sam.sees("on paper").await;
}

#[tokio::test]
async fn a_tab_without_network_reaches_nothing() {
    let sam = tab(PHONE).await;
    sam.visit("/").await;

    sam.offline(true).await;
    let said = said(sam.visit("/care")).await;
    assert!(said.contains("ERR_INTERNET_DISCONNECTED"), "{said}");

    sam.offline(false).await;
    sam.visit("/care").await;
}

#[tokio::test]
async fn a_good_page_passes_every_judge() {
    for screen in [NARROW, PHONE.dark(), DESK, DESK.dark(), PHONE.without_script()] {
        let sam = tab(screen).await;
        for path in ["/", "/care"] {
            sam.visit(path).await;
            assert_accessible(&sam).await;
            assert_no_overflow(&sam).await;
            assert_walkable(&sam).await;
        }
        assert_no_foreign_origin(&sam);
        assert_quiet(&sam);
    }
}

#[tokio::test]
async fn axe_finds_what_it_is_for() {
    let cases = [
        ("/mute", PHONE, "label"),
        ("/pale", PHONE, "color-contrast"),
        ("/pale-at-night", PHONE.dark(), "color-contrast"),
        ("/tiny", PHONE, "target-size"),
        ("/mute", PHONE.without_script(), "label"),
    ];
    for (path, screen, rule) in cases {
        let sam = tab(screen).await;
        sam.visit(path).await;
        let found: Vec<String> = axe(&sam).await.into_iter().map(|v| v.rule).collect();
        assert_eq!(found, [rule], "{path}");
    }

    let sam = tab(PHONE).await;
    sam.visit("/pale-at-night").await;
    assert_accessible(&sam).await;
    sam.visit("/mute").await;
    let said = said(assert_accessible(&sam)).await;
    assert!(said.contains("label (critical)") && said.contains("<input name=\"n\">"), "{said}");
}

#[tokio::test]
async fn a_foreign_origin_is_found_even_where_the_policy_stops_it() {
    for path in ["/foreign", "/foreign-without-policy"] {
        let sam = tab(PHONE).await;
        sam.visit(path).await;

        assert!(network(&sam).iter().any(|request| request.kind == "Image"));
        let said = said(async { assert_no_foreign_origin(&sam) }).await;

        assert!(said.contains("GET http://elsewhere.example/pixel.png (Image)"), "{said}");
    }
}

#[tokio::test]
async fn complaints_of_the_browser_are_heard() {
    let cases = [
        ("/inline", "security: Executing inline script violates"),
        ("/foreign", "security: Loading the image"),
        ("/throws", "exception: Error: planted"),
        ("/murmurs", "console: planted"),
        ("/asks", "dialog: planted"),
        ("/lacks", "network: Failed to load resource"),
    ];
    for (path, complaint) in cases {
        let sam = tab(PHONE).await;
        sam.visit(path).await;
        let said = said(async { assert_quiet(&sam) }).await;
        assert!(said.contains(complaint), "{path}: {said:?}");
        assert_eq!(console(&sam).len(), 1, "{path} has one fault: {said}");
    }

    let sam = tab(PHONE).await;
    sam.visit("/faulty-form").await;
    assert_quiet(&sam);
}

#[tokio::test]
async fn what_sticks_out_of_a_narrow_page_is_found() {
    let sam = tab(DESK).await;
    sam.visit("/wide").await;

    let wide = overflow(&sam).await;

    assert_eq!(wide.len(), 1, "{wide:?}");
    assert!(wide[0].starts_with("<table class=\"claims\"></table> ends at "), "{wide:?}");
    sam.visit("/wide-in-a-region").await;
    assert_no_overflow(&sam).await;
    let width = sam.run::<u32>("() => innerWidth", serde_json::Value::Null).await;
    assert_eq!(width, Ok(DESK.width));
}

#[tokio::test]
async fn the_walk_of_the_keyboard_tells_every_stop() {
    let sam = tab(DESK).await;
    sam.visit("/care").await;

    let stops: Vec<String> = keyboard_walk(&sam).await.iter().map(Stop::to_string).collect();

    expect![[r#"
        textbox "First name"
        Date "Date of birth"
        textbox "What brings you here?"
        radio "By video"
        checkbox "Mornings"
        checkbox "Evenings"
        combobox "State"
        button "Continue""#]]
    .assert_eq(&stops.join("\n"));
}

#[tokio::test]
async fn a_focus_that_is_lost_is_found() {
    let cases = [
        ("/unseen", "link \"Second\": the focus cannot be seen"),
        ("/unseen-clear", "link \"Second\": the focus cannot be seen"),
        ("/under-a-bar", "link \"Last\": it is hidden"),
        ("/trap", "textbox \"Second\": the focus does not get on"),
    ];
    for (path, fault) in cases {
        let sam = tab(PHONE).await;
        sam.visit(path).await;
        let said = said(assert_walkable(&sam)).await;
        assert!(said.contains(fault), "{path}: {said:?}");
        assert_eq!(said.lines().count(), 2, "no other stop of {path} is at fault: {said}");
    }
}

#[tokio::test]
async fn the_outline_is_what_a_screen_reader_has() {
    let sam = tab(PHONE).await;
    sam.visit("/care").await;
    sam.choose("By video").await;

    expect![[r#"
        page "A page"
          main
            heading "Ask for care" level=1
            form
              paragraph
                text "First name"
                textbox "First name"
              paragraph
                text "Date of birth"
                Date "Date of birth"
              paragraph
                text "What brings you here?"
                textbox "What brings you here?"
              group "How do you want to meet?"
                Legend
                  text "How do you want to meet?"
                paragraph
                  radio "By video" checked
                paragraph
                  radio "In the office"
              paragraph
                checkbox "Mornings"
              paragraph
                checkbox "Evenings"
              paragraph
                text "State"
                combobox "State" = "Ohio"
                  option "Ohio" selected
                  option "New York"
              paragraph
                button "Continue"
    "#]]
    .assert_eq(&outline(&sam).await);
}

#[tokio::test]
async fn a_picture_shows_the_whole_page() {
    let sam = tab(PHONE).await;
    sam.visit("/").await;

    let path = screenshot(&sam, "proof").await;

    let picture = std::fs::read(path).unwrap();
    let side = |at: usize| u32::from_be_bytes(picture[at..at + 4].try_into().unwrap());
    assert_eq!(side(16), PHONE.width);
    assert!(side(20) > PHONE.height, "the page is longer than the screen: {}", side(20));
}

#[test]
fn nothing_is_left_behind() {
    let mut process = Process::start().unwrap();
    let profile = process.profile.clone();
    assert!(Path::new(&profile).is_dir());
    assert_ne!(alive(&profile), 0);

    drop(process.life);
    process.shell.wait().unwrap();

    assert!(!Path::new(&profile).exists());
    // Its reporter of crashes is in a group of its own, and ends when it misses the others.
    let deadline = Instant::now() + Duration::from_secs(10);
    while alive(&profile) > 0 {
        assert!(Instant::now() < deadline, "Chromium still runs");
    }
}

/// How many processes have `profile` in their command line. One that has ended has none.
fn alive(profile: &str) -> usize {
    let processes = std::fs::read_dir("/proc").unwrap().flatten();
    let lines = processes.filter_map(|process| std::fs::read(process.path().join("cmdline")).ok());
    lines.filter(|line| String::from_utf8_lossy(line).contains(profile)).count()
}

impl Tab {
    /// What a step says that is to fail. It gives up soon; the steps after it have their time again.
    async fn refuses(&self, step: impl Future) -> String {
        let patience = self.patience();
        self.be_patient_for(Duration::from_millis(300));
        let said = said(step).await;
        self.be_patient_for(patience);
        said
    }
}
