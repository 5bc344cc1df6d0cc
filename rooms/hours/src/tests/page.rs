//! The page of hours: hers to change, others' to see what is open, and nobody else's at all.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::{Place, Served};
use ground::policy::{Role, Service};
use ground::testing::{Browser, TestHouse, run};
use people::cast::{self, Cast, Worker};

use crate::ROOM;

fn browser(house: &TestHouse, acting: &Acting) -> Browser {
    Browser::of(house, [(ROOM.routes)()], acting)
}

fn of_ada(cast: &Cast) -> String {
    format!("/p/{}/hours/{}", cast.elm, cast.ada_treats.id)
}

/// Every change that the page can send, with a form that it would take.
fn changes(cast: &Cast) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    let at = |what: &str| format!("{}/{what}", of_ada(cast));
    let id = "00000000-0000-7000-8000-000000000001";
    vec![
        (at("windows"), vec![("open_days", "0"), ("open_from", "9 AM"), ("open_to", "5 PM")]),
        (at(&format!("windows/{id}/closing")), vec![]),
        (
            at("dates"),
            vec![("date_on_month", "2"), ("date_on_day", "20"), ("date_on_year", "2026")],
        ),
        (at(&format!("dates/{id}/ending")), vec![]),
        (
            at("leave"),
            vec![
                ("leave_first_month", "3"),
                ("leave_first_day", "2"),
                ("leave_first_year", "2026"),
                ("leave_last_month", "3"),
                ("leave_last_day", "6"),
                ("leave_last_year", "2026"),
            ],
        ),
        (at(&format!("leave/{id}/return")), vec![]),
        (at("protected"), vec![("keep_days", "0"), ("keep_from", "noon"), ("keep_to", "1 PM")]),
        (at(&format!("protected/{id}/return")), vec![]),
        (at("capacity"), vec![("most", "24")]),
        (at("intake"), vec![("to", "off")]),
        (at("pause"), vec![("reopens_month", "3"), ("reopens_day", "2"), ("reopens_year", "2026")]),
    ]
}

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

#[test]
fn a_clinician_says_when_she_works_and_sees_it() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = browser(&house, &cast.ada.acting());
        let own = format!("/p/{}/hours", cast.elm);
        assert_eq!(ada.get(&own).await.to.as_deref(), Some(of_ada(&cast).as_str()));
        let page = ada.get(&of_ada(&cast)).await.page;
        assert!(page.contains("Closed.") && page.contains("By the clock in Chicago"), "{page}");

        for (path, form) in changes(&cast) {
            let answer = ada.post(&path, &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}: {}", answer.page);
        }

        let page = ada.get(&of_ada(&cast)).await.page;
        for says in [
            "9:00 AM to 5:00 PM",
            "12:00 PM to 1:00 PM",
            "protected: only you open it",
            "Mon, Mar 2 to Fri, Mar 6",
            "Fri, Feb 20",
            "Paused until Mon, Mar 2",
            "value=\"24\"",
            "Ben Ortiz",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
    });
}

#[test]
fn a_form_that_came_back_keeps_what_was_typed_and_says_what_to_enter() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = browser(&house, &cast.ada.acting());
        let at = |what: &str| format!("{}/{what}", of_ada(&cast));
        for (path, form, says) in [
            (
                at("windows"),
                vec![("open_from", "nine"), ("open_to", "5 PM")],
                "Choose at least one",
            ),
            (
                at("windows"),
                vec![("open_days", "0"), ("open_from", "9 AM"), ("open_to", "5")],
                "an end that is later",
            ),
            (at("protected"), vec![("keep_days", "8"), ("keep_from", "")], "Choose at least one"),
            (at("leave"), vec![("leave_first_month", "13")], "Enter month, day and year"),
            (
                at("dates"),
                vec![("date_on_month", "2"), ("date_on_day", "8"), ("date_on_year", "2026")],
                "from today on",
            ),
            (at("capacity"), vec![("most", "many")], "a whole number"),
            (at("pause"), vec![("reopens_year", "2026")], "Enter month, day and year"),
        ] {
            let answer = ada.post(&path, &form).await;

            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
            assert!(answer.page.contains("<title>Error: "));
            for (_, typed) in form.iter().filter(|(name, _)| !name.contains("days")) {
                assert!(answer.page.contains(&format!("value=\"{typed}\"")), "{typed}");
            }
        }
        assert_eq!(count(&house, "select count(*) from ground.audit").await, 0, "nothing was done");
    });
}

#[test]
fn hours_that_overlap_are_told_at_their_days() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = browser(&house, &cast.ada.acting());
        let (path, form) = changes(&cast).remove(0);
        assert_eq!(ada.post(&path, &form).await.status, StatusCode::SEE_OTHER);

        let answer = ada.post(&path, &form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.page.contains("href=\"#open_days\">Some of this is open already"));
    });
}

#[test]
fn colleagues_and_the_owner_see_what_is_open_and_change_nothing() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = browser(&house, &cast.ada.acting());
        for (path, form) in changes(&cast) {
            ada.post(&path, &form).await;
        }
        let mut before = vec![count(&house, "select count(*) from hours.weekly").await];
        let ben = browser(&house, &cast.ben.acting());

        let page = ben.get(&of_ada(&cast)).await.page;
        assert!(page.contains("9:00 AM to 12:00 PM") && page.contains("1:00 PM to 5:00 PM"));
        for hidden in ["protected", "Mar 2", "Paused", "<form"] {
            assert!(!page.contains(hidden), "{hidden}: {page}");
        }
        for (path, form) in changes(&cast) {
            let answer = ben.post(&path, &form).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        }

        before.push(count(&house, "select count(*) from hours.weekly").await);
        assert_eq!(before[0], before[1]);
        let refused = "select count(*) from ground.audit where outcome = 'refused'";
        assert_eq!(count(&house, refused).await, 11);
    });
}

#[test]
fn an_owner_of_the_practice_pauses_nobody() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let ada = browser(&house, &cast.ada.acting());
        let of_ben = format!("/p/{}/hours/{}/intake", cast.elm, cast.ben_treats.id);

        let answer = ada.post(&of_ben, &[("to", "off")]).await;

        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn staff_see_open_hours_where_they_schedule_and_are_refused_on_the_record_elsewhere() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let sue = browser(&house, &cast.sue.acting());
        for path in [of_ada(&cast), format!("/p/{}/hours", cast.elm)] {
            assert_eq!(sue.get(&path).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let (path, form) = changes(&cast).remove(6);
        assert_eq!(sue.post(&path, &form).await.status, StatusCode::FORBIDDEN);
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff";
        assert_eq!(count(&house, refused).await, 3);

        let Acting::Workforce(mut worker) = cast.sue.acting() else { panic!("Sue works") };
        worker.serves = vec![Served { practice: cast.elm, services: [Service::Scheduling].into() }];
        let sue = browser(&house, &Acting::Workforce(worker));
        assert_eq!(sue.get(&of_ada(&cast)).await.status, StatusCode::OK);
        assert!(sue.get(&format!("/p/{}/hours", cast.elm)).await.page.contains("Ada Reyes"));
        assert_eq!(sue.post(&path, &form).await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn strangers_find_no_hours() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let roles = [Role::Owner, Role::Clinician].into();
        let una = Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: Place { practice: oak.practice, is_operator: false, roles },
        };
        let sam = Acting::Client {
            person: house.house.new_id(),
            sign_in: house.house.new_id(),
            as_client: vec![(cast.elm, cast.sam.id)],
        };
        for acting in [una.acting(), sam, Acting::Door] {
            let browser = browser(&house, &acting);
            assert_eq!(browser.get(&of_ada(&cast)).await.status, StatusCode::NOT_FOUND);
            for (path, form) in changes(&cast) {
                assert_eq!(
                    browser.post(&path, &form).await.status,
                    StatusCode::NOT_FOUND,
                    "{path}"
                );
            }
        }
    });
}
