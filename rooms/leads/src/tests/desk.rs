//! The inbox: who sees it, how the clock stands, and what a contact makes of a request.

use axum::http::StatusCode;
use ground::testing::{Browser, TestHouse, run};
use ground::{Acting, House};
use ids::{LeadId, PracticeId};
use jiff::SignedDuration;
use people::cast::{self, Cast};

use super::count;
use crate::cast::{asks, ina, marisol};
use crate::model::{Channel, Concern, Contact, Outcome, Pays};
use crate::{Lead, NewLead, ROOM, Why};

fn browser(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(ROOM.routes)()], acting)
}

async fn everybody(house: &TestHouse) -> (Cast, Browser) {
    let cast = cast::everybody(&house.house).await.unwrap();
    let ina = ina(&house.house, cast.operator).await.unwrap();
    (cast, browser(house, &ina.acting()))
}

async fn lead(house: &House, holder: PracticeId, id: LeadId) -> Lead {
    let mut tx = house.begin(&Acting::Job { practice: holder }).await.unwrap();
    crate::lead(&mut tx, holder, id).await.unwrap().unwrap()
}

fn reached() -> Vec<(&'static str, &'static str)> {
    vec![("channel", "call"), ("outcome", "reached")]
}

#[test]
fn who_asks_stands_in_the_inbox_with_a_clock_that_a_contact_stops() {
    run(async |house| {
        // The test begins on a Monday at 9 in Austin.
        let (cast, ina) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();
        house.house.clock().advance(SignedDuration::from_mins(232));
        let page = ina.get("/desk/leads").await.page;
        for says in
            ["One person waits for us, for 3 h 52.", "8 min left", "Marisol Vega", "Website"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("awake"), "a list says nothing of why");
        house.house.clock().advance(SignedDuration::from_mins(48));
        assert!(ina.get("/desk/leads").await.page.contains("40 min late"));

        let contacts = format!("/desk/leads/{id}/contacts");
        let tried = [("channel", "call"), ("outcome", "no_answer")];
        assert_eq!(ina.post(&contacts, &tried).await.status, StatusCode::SEE_OTHER);
        assert!(ina.get("/desk/leads").await.page.contains("40 min late"), "nobody answered yet");
        let answer = ina.post(&contacts, &reached()).await;
        assert_eq!(answer.to, Some(format!("/desk/leads/{id}")), "{}", answer.page);

        let page = ina.get("/desk/leads").await.page;
        assert!(page.contains("Nobody waits for us.") && page.contains("warm: ready for an offer"));
        let page = ina.get(&format!("/desk/leads/{id}")).await.page;
        for says in [
            "Call: No answer",
            "Call: Reached",
            "Ina Cole",
            "I lie awake since we moved here.",
            "tel:5125550167",
            "<title>Leads ",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
    });
}

#[test]
fn a_request_is_warm_once_reached_with_need_and_way_to_pay_known() {
    let unsure =
        NewLead { concern: Concern::default(), pays: Pays::OtherPlan(String::new()), ..marisol() };
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &unsure).await.unwrap();
        let fresh = lead(&house.house, cast.operator, id).await;
        let now = house.house.now();
        let contact = |outcome, need_known, pay_known| Contact {
            channel: Channel::Call,
            outcome,
            need_known,
            pay_known,
        };
        for (contacts, answered, warm) in [
            (vec![contact(Outcome::NoAnswer, true, true)], false, false),
            (vec![contact(Outcome::LeftWord, true, true)], true, false),
            (vec![contact(Outcome::Reached, false, true)], true, false),
            (vec![contact(Outcome::Reached, true, true)], true, true),
            (
                vec![
                    contact(Outcome::Reached, true, false),
                    contact(Outcome::NoAnswer, true, true),
                    contact(Outcome::Reached, false, true),
                ],
                true,
                true,
            ),
        ] {
            let after = contacts.iter().fold(fresh.clone(), |lead, it| lead.after(it, now));
            assert_eq!(after.first_contact_at.is_some(), answered, "{contacts:?}");
            assert_eq!(after.warm_at.is_some(), warm, "{contacts:?}");
        }
    });
}

#[test]
fn nobody_is_tried_in_a_way_to_which_they_did_not_agree() {
    run(async |house| {
        let (cast, ina) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();
        let page = ina.get(&format!("/desk/leads/{id}")).await.page;
        assert!(page.contains("They did not agree to this") && !page.contains("sms:"), "{page}");

        let form = [("channel", "text"), ("outcome", "reached")];
        let answer = ina.post(&format!("/desk/leads/{id}/contacts"), &form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("among the ways they agreed to"));
        assert!(answer.page.contains("value=\"reached\" checked"), "what was chosen stays");
        assert_eq!(count(&house, "select count(*) from leads.contact").await, 0);
    });
}

#[test]
fn a_contact_pressed_twice_is_one() {
    run(async |house| {
        let (cast, ina) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();
        let mut form = reached();
        form.push(("once", "01890000-0000-7000-8000-0000000000ac"));

        for _ in 0..2 {
            let answer = ina.post(&format!("/desk/leads/{id}/contacts"), &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }

        assert_eq!(count(&house, "select count(*) from leads.contact").await, 1);
    });
}

#[test]
fn a_request_is_closed_once_for_a_reason_and_then_left_alone() {
    run(async |house| {
        let (cast, ina) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();
        let closing = format!("/desk/leads/{id}/closing");
        for why in ["", "accepted", "because"] {
            let answer = ina.post(&closing, &[("why", why)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{why:?}");
        }

        for _ in 0..2 {
            let answer = ina.post(&closing, &[("why", "elsewhere")]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER);
        }

        let told = "select count(*) from ground.event where kind = 'leads.closed'";
        assert_eq!(count(&house, told).await, 1);
        let closed = lead(&house.house, cast.operator, id).await.closed.unwrap();
        assert_eq!(closed.1, Why::Elsewhere);
        let answer = ina.post(&format!("/desk/leads/{id}/contacts"), &reached()).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(ina.get("/desk/leads").await.page.contains("Nobody waits"));
        let page = ina.get(&format!("/desk/leads/{id}")).await.page;
        assert!(page.contains("They found care elsewhere") && !page.contains("<form"), "{page}");
    });
}

#[test]
fn requests_of_the_operator_are_for_its_coordinators_alone() {
    run(async |house| {
        let (cast, _) = everybody(&house).await;
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();
        let paths = ["/desk/leads".to_owned(), format!("/desk/leads/{id}")];
        let posts = [
            (format!("/desk/leads/{id}/contacts"), reached()),
            (format!("/desk/leads/{id}/closing"), vec![("why", "price")]),
        ];
        let sam = Acting::Client {
            person: house.house.new_id(),
            sign_in: house.house.new_id(),
            as_client: vec![(cast.elm, cast.sam.id)],
        };
        for (acting, status) in [
            (cast.sue.acting(), StatusCode::FORBIDDEN),
            (cast.bo.acting(), StatusCode::FORBIDDEN),
            (cast.ada.acting(), StatusCode::NOT_FOUND),
            (cast.ben.acting(), StatusCode::NOT_FOUND),
            (sam, StatusCode::NOT_FOUND),
            (Acting::Door, StatusCode::NOT_FOUND),
        ] {
            let browser = browser(&house, &acting);
            for path in &paths {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, status, "{path} {acting:?}");
                assert!(!answer.page.contains("Marisol"));
            }
            for (path, form) in &posts {
                assert_eq!(browser.post(path, form).await.status, status, "{path} {acting:?}");
            }
        }
        let oz = browser(&house, &cast.oz.acting());
        assert_eq!(oz.get("/desk/leads").await.status, StatusCode::OK);
        let refused = "select count(*) from ground.audit where outcome = 'refused'";
        assert_eq!(count(&house, refused).await, 8);
    });
}

#[test]
fn a_practice_works_on_its_own_requests_and_staff_do_not_see_them() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ina = ina(&house.house, cast.operator).await.unwrap();
        let id = asks(&house.house, cast.elm, &marisol()).await.unwrap();
        let inbox = format!("/p/{}/leads", cast.elm);
        let ben = browser(&house, &cast.ben.acting());
        assert!(ben.get(&inbox).await.page.contains("Marisol"));

        let answer = ben.post(&format!("{inbox}/{id}/contacts"), &reached()).await;

        assert_eq!(answer.to, Some(format!("{inbox}/{id}")), "{}", answer.page);
        let ina = browser(&house, &ina.acting());
        assert_eq!(ina.get(&inbox).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ina.get(&format!("{inbox}/{id}")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ina.get(&format!("/desk/leads/{id}")).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn who_waits_is_a_duty_of_whoever_may_answer_until_they_are_answered() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let worker = ina(&house.house, cast.operator).await.unwrap();
        let duties = async |acting: &Acting| {
            let mut tx = house.house.begin(acting).await.unwrap();
            crate::desk::duties(&mut tx).await.unwrap()
        };
        assert_eq!(duties(&worker.acting()).await, vec![]);
        let id = asks(&house.house, cast.operator, &marisol()).await.unwrap();

        let found = duties(&worker.acting()).await;

        assert_eq!(found.len(), 1);
        assert_eq!(
            (found[0].what.as_str(), found[0].href.as_str()),
            ("One person asks for care", "/desk/leads")
        );
        assert_eq!(found[0].due.unwrap().to_string(), "2026-02-09T19:00:00Z");
        for acting in [cast.sue.acting(), cast.ada.acting(), Acting::Door] {
            assert_eq!(duties(&acting).await, vec![]);
        }
        let ina = browser(&house, &worker.acting());
        ina.post(&format!("/desk/leads/{id}/contacts"), &reached()).await;
        assert_eq!(duties(&worker.acting()).await, vec![]);
    });
}
