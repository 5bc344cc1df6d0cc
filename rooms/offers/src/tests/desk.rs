//! The desk: a request beside who could take it, put before one, taken back, and closed by a yes.

use axum::http::StatusCode;
use fit::cast::{says, sees_adults};
use ground::Acting;
use ground::policy::Service;
use ground::testing::{Answer, Browser, run};
use hours::cast::works_weekdays;
use ids::{LeadId, PracticeId, Uuid};
use leads::cast::{asks, marisol};
use leads::{NewLead, Pays, TimeOfWeek};

use super::stage::{Stage, una};

/// Ada and Ben see adults on weekdays from nine to five; Marisol could come in the mornings.
async fn opened(stage: &Stage) {
    let house = &stage.house.house;
    let cast = &stage.cast;
    for (who, listed) in [(&cast.ada, &cast.ada_treats), (&cast.ben, &cast.ben_treats)] {
        says(house, who, cast.elm, listed.id, &sees_adults()).await.unwrap();
        works_weekdays(house, who, cast.elm, listed.id).await.unwrap();
    }
}

async fn asked(stage: &Stage, holder: PracticeId) -> LeadId {
    asks(&stage.house.house, holder, &marisol()).await.unwrap()
}

fn to_ben(stage: &Stage) -> [(&'static str, String); 3] {
    [
        ("practice", stage.cast.elm.to_string()),
        ("clinician", stage.cast.ben_treats.id.to_string()),
        ("once", Uuid::from_u128(0x000f_fe12).to_string()),
    ]
}

async fn press(browser: &Browser, at: &str, form: &[(&'static str, String)]) -> Answer {
    let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (*name, it.as_str())).collect();
    browser.post(at, &form).await
}

async fn why_closed(stage: &Stage, holder: PracticeId, lead: LeadId) -> Option<leads::Why> {
    let job = Acting::Job { practice: holder };
    let mut tx = stage.house.house.begin(&job).await.unwrap();
    let lead = leads::lead(&mut tx, holder, lead).await.unwrap().unwrap();
    lead.closed.map(|(_, why)| why)
}

#[test]
fn a_request_goes_from_the_desk_to_a_yes_and_is_closed() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let ivy = stage.browser(&stage.intake());
        let fit = format!("/desk/leads/{lead}/fit");

        let request = Browser::of(&house, [(leads::ROOM.routes)()], &stage.intake());
        let page = request.get(&format!("/desk/leads/{lead}")).await.page;
        assert!(page.contains(&format!("href=\"{fit}\"")), "the request leads here: {page}");
        let page = ivy.get(&fit).await.page;
        for says in [
            "Offer to Ben Ortiz",
            "Specialty in sleep",
            "LPC Associate license of TX, good until",
            "Elm Street Practice",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("awake"), "why somebody asks is read where it is needed: {page}");
        let put = format!("/desk/leads/{lead}/offers");
        for _ in 0..2 {
            let answer = press(&ivy, &put, &to_ben(&stage)).await;
            assert_eq!(answer.to.as_deref(), Some(fit.as_str()), "{}", answer.page);
        }
        let page = ivy.get(&fit).await.page;
        assert!(page.contains("It is before Ben Ortiz") && !page.contains("Offer to"), "{page}");

        let ben = stage.browser(&stage.cast.ben.acting());
        let offer = to_ben(&stage)[2].1.clone();
        let page = ben.get(&stage.at(&format!("offers/{offer}"))).await.page;
        for says in ["An adult of 26 to 64, in TX", "I lie awake", "Marisol Vega", "sleep"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("555-0167"), "how to reach them comes with a yes: {page}");
        let answer = ben.post(&stage.at(&format!("offers/{offer}/acceptance")), &[]).await;
        let client = ben.get(&answer.to.unwrap()).await.page;
        assert!(client.contains("(512) 555-0167"), "{client}");
        stage.drain().await;

        let closed = why_closed(&stage, stage.cast.operator, lead).await;
        assert_eq!(closed, Some(leads::Why::Accepted));
        let page = ivy.get(&fit).await.page;
        assert!(page.contains("Ben Ortiz took it") && !page.contains("Offer to"), "{page}");
    });
}

#[test]
fn a_no_sends_nobody_else_by_itself_and_looks_like_no_answer() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let ivy = stage.browser(&stage.intake());
        let put = format!("/desk/leads/{lead}/offers");
        let before = ivy.get(&format!("/desk/leads/{lead}/fit")).await.page;
        press(&ivy, &put, &to_ben(&stage)).await;

        let offer = &to_ben(&stage)[2].1;
        let ben = stage.browser(&stage.cast.ben.acting());
        ben.post(&stage.at(&format!("offers/{offer}/decline")), &[]).await;
        stage.drain().await;

        assert_eq!(stage.count("select count(*) from offers.offer").await, 1);
        assert_eq!(why_closed(&stage, stage.cast.operator, lead).await, None);
        // The page is the one of before, but for its once-keys: in the same order, with the same
        // reasons, and nothing about a no.
        let after = ivy.get(&format!("/desk/leads/{lead}/fit")).await.page;
        assert_eq!(without_once(&after), without_once(&before));
    });
}

fn without_once(page: &str) -> String {
    let mut parts = page.split("name=\"once\" value=\"");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |page, part| page + part.split_once('"').map_or("", |(_, rest)| rest))
}

#[test]
fn whoever_sent_it_takes_it_back_with_one_press() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let ivy = stage.browser(&stage.intake());
        press(&ivy, &format!("/desk/leads/{lead}/offers"), &to_ben(&stage)).await;

        for _ in 0..2 {
            let answer = ivy.post(&format!("/desk/leads/{lead}/offers/withdrawal"), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        }

        let page = ivy.get(&format!("/desk/leads/{lead}/fit")).await.page;
        assert!(page.contains("Offer to Ben Ortiz"), "{page}");
        stage.drain().await;
        let kept = "select count(*) from offers.offer where snapshot_sealed is not null";
        assert_eq!(stage.count(kept).await, 0);
    });
}

#[test]
fn what_changed_since_the_page_was_read_is_said() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let ivy = stage.browser(&stage.intake());
        stage.ben_pauses().await;

        let answer = press(&ivy, &format!("/desk/leads/{lead}/offers"), &to_ben(&stage)).await;

        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("Closed for new requests"), "{}", answer.page);
        let page = ivy.get(&format!("/desk/leads/{lead}/fit")).await.page;
        assert!(page.contains("Closed for new requests") && !page.contains("to Ben Ortiz"));
    });
}

#[test]
fn a_full_clinician_is_a_miss_until_a_discharge_frees_a_place() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        stage.ben_takes(1).await;
        stage.begins(stage.cast.sam.id, stage.cast.ben_treats.id).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let ivy = stage.browser(&stage.intake());
        let fit = format!("/desk/leads/{lead}/fit");

        let page = ivy.get(&fit).await.page;
        assert!(page.contains("Has no free place now.") && !page.contains("Offer to Ben"));
        let discharge = stage.at(&format!("clients/{}/discharge", stage.cast.sam.id));
        stage.browser(&stage.cast.ben.acting()).post(&discharge, &[]).await;

        assert!(ivy.get(&fit).await.page.contains("Offer to Ben Ortiz"));
    });
}

#[test]
fn nobody_works_the_desk_who_may_not() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let una = una(&house).await;
        let lead = asked(&stage, stage.cast.operator).await;
        let base = format!("/desk/leads/{lead}");

        for (who, acting, reads, puts) in [
            (
                "intake where leads are not shared",
                stage.ivy(&[Service::Billing]),
                StatusCode::OK,
                StatusCode::FORBIDDEN,
            ),
            ("a scheduler", stage.cast.sue.acting(), StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
            (
                "a practice's owner",
                stage.cast.ada.acting(),
                StatusCode::NOT_FOUND,
                StatusCode::NOT_FOUND,
            ),
            ("another practice", una, StatusCode::NOT_FOUND, StatusCode::NOT_FOUND),
        ] {
            let browser = stage.browser(&acting);
            let page = browser.get(&format!("{base}/fit")).await;
            assert_eq!(page.status, reads, "{who}: {}", page.page);
            assert!(!page.page.contains("Offer to"), "{who}: {}", page.page);
            let answer = press(&browser, &format!("{base}/offers"), &to_ben(&stage)).await;
            assert_eq!(answer.status, puts, "{who}: {}", answer.page);
        }
        assert_eq!(stage.count("select count(*) from offers.offer").await, 0);
    });
}

#[test]
fn a_practice_puts_its_own_requests_before_its_own_clinicians() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.elm).await;
        let base = stage.at(&format!("leads/{lead}"));
        let ada = stage.browser(&stage.cast.ada.acting());

        assert!(ada.get(&format!("{base}/fit")).await.page.contains("Offer to Ben Ortiz"));
        let ben = stage.browser(&stage.cast.ben.acting());
        let page = ben.get(&format!("{base}/fit")).await.page;
        assert!(page.contains("Ben Ortiz") && !page.contains("Offer to"), "{page}");
        let refused = press(&ben, &format!("{base}/offers"), &to_ben(&stage)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        let answer = press(&ada, &format!("{base}/offers"), &to_ben(&stage)).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);

        let offer = &to_ben(&stage)[2].1;
        ben.post(&stage.at(&format!("offers/{offer}/acceptance")), &[]).await;
        stage.drain().await;
        assert_eq!(why_closed(&stage, stage.cast.elm, lead).await, Some(leads::Why::Accepted));
    });
}

#[test]
fn a_plan_that_nobody_takes_can_be_looked_at_without() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let insured = NewLead { pays: Pays::OtherPlan("Blue Mesa".into()), ..marisol() };
        let lead = asks(&house.house, stage.cast.operator, &insured).await.unwrap();
        let ivy = stage.browser(&stage.intake());
        let fit = format!("/desk/leads/{lead}/fit");

        let page = ivy.get(&fit).await.page;
        assert!(page.contains("Is not in network with Blue Mesa") && !page.contains("Offer to"));
        let page = ivy.get(&format!("{fit}?pays=themselves")).await.page;
        assert!(page.contains("Offer to Ben Ortiz"), "{page}");
        let mut form = to_ben(&stage).to_vec();
        form.push(("pays", "themselves".into()));
        let answer = press(&ivy, &format!("/desk/leads/{lead}/offers"), &form).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);

        let offer = &form[2].1;
        let ben = stage.browser(&stage.cast.ben.acting());
        let page = ben.get(&stage.at(&format!("offers/{offer}"))).await.page;
        assert!(page.contains("Would pay without their insurance"), "{page}");
    });
}

#[test]
fn where_nobody_fits_the_page_says_what_would_have_to_change() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let mut weekends = marisol();
        weekends.wants.times = vec![TimeOfWeek::Weekends];
        let elsewhere = NewLead { state: "NM".into(), ..weekends };
        let lead = asks(&house.house, stage.cast.operator, &elsewhere).await.unwrap();

        let page =
            stage.browser(&stage.intake()).get(&format!("/desk/leads/{lead}/fit")).await.page;

        for says in ["Nobody could take it", "Holds no license of NM.", "Has no 50 minutes open"] {
            assert!(page.contains(says), "{says}: {page}");
        }
    });
}

#[test]
fn a_coordinator_puts_no_request_that_came_to_a_practice_itself() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        opened(&stage).await;
        let lead = asked(&stage, stage.cast.elm).await;
        let put = stage.at(&format!("leads/{lead}/offers"));

        let ivy = stage.browser(&stage.intake());
        let refused = press(&ivy, &put, &to_ben(&stage)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{}", refused.page);
        assert_eq!(stage.count("select count(*) from offers.offer").await, 0);

        let ada = stage.browser(&stage.cast.ada.acting());
        let put = press(&ada, &put, &to_ben(&stage)).await;
        assert_eq!(put.status, StatusCode::SEE_OTHER, "{}", put.page);
    });
}
