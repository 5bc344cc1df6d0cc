//! The people of a practice: who sees them, who lets somebody in, and who ends a part.

use axum::http::StatusCode;
use ground::acting::Place;
use ground::policy::Role;
use ground::testing::{TestHouse, run};
use ids::Uuid;

use super::browser::Browser;
use crate::cast::{self, Cast, Worker};

fn people_of(cast: &Cast) -> String {
    format!("/p/{}/people", cast.elm)
}

fn asks_eve(role: &str) -> Vec<(&str, &str)> {
    vec![("name", "Eve Long"), ("address", "Eve@Elm.example "), ("role", role)]
}

async fn count(house: &TestHouse, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&mut house.superuser().await).await.unwrap()
}

/// The path of the button that ends this person's part.
fn ending(page: &str, about: &str) -> Option<String> {
    let before = &page[..page.find(&format!(": {about}<"))?];
    let from = before.rsplit("action=\"").next()?;
    Some(from.split('"').next()?.to_owned())
}

#[test]
fn an_owner_sees_who_belongs_here_and_ends_a_part_once() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut ada = Browser::of(&house, &cast.ada.acting());
        let page = ada.get(&people_of(&cast)).await.page;
        assert!(page.contains("Ben Ortiz") && !page.contains("Sue Park"), "{page}");
        let path = ending(&page, "Ben Ortiz as a clinician").unwrap();

        for _ in 0..2 {
            let answer = ada.post(&path, &[]).await;
            assert_eq!(answer.to.as_deref(), Some(people_of(&cast).as_str()), "{}", answer.page);
        }

        assert!(!ada.get(&people_of(&cast)).await.page.contains("Ben Ortiz"));
        let ended = "select count(*) from people.role where ended_at is not null";
        assert_eq!(count(&house, ended).await, 1);
        let written = "select count(*) from ground.audit where act = 'change_role'";
        assert_eq!(count(&house, written).await, 1);
    });
}

#[test]
fn the_last_owner_stays() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut ada = Browser::of(&house, &cast.ada.acting());
        let page = ada.get(&people_of(&cast)).await.page;

        let answer = ada.post(&ending(&page, "Ada Reyes as an owner").unwrap(), &[]).await;

        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("the only owner"), "{}", answer.page);
    });
}

#[test]
fn a_clinician_sees_the_people_and_is_refused_to_change_them() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let page = Browser::of(&house, &cast.ada.acting()).get(&people_of(&cast)).await.page;
        let path = ending(&page, "Ada Reyes as a clinician").unwrap();
        let mut ben = Browser::of(&house, &cast.ben.acting());

        let page = ben.get(&people_of(&cast)).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.page.contains("<form"), "nothing is offered that would be refused");
        let invites = format!("{}/invitations", people_of(&cast));
        assert_eq!(ben.post(&invites, &asks_eve("clinician")).await.status, StatusCode::FORBIDDEN);
        assert_eq!(ben.post(&path, &[]).await.status, StatusCode::FORBIDDEN);

        let refused = "select count(*) from ground.audit where outcome = 'refused'";
        assert_eq!(count(&house, refused).await, 2);
        assert_eq!(count(&house, "select count(*) from people.invitation").await, 0);
    });
}

#[test]
fn another_practice_is_not_there_and_the_operator_is_refused_on_the_record() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let oak = crate::found(&house.house, &cast::oak_lane()).await.unwrap();
        let roles = [Role::Owner, Role::Clinician].into();
        let una = Worker {
            person: oak.founder,
            address: "una@oak.example".into(),
            place: Place { practice: oak.practice, is_operator: false, roles },
        };
        let role = Uuid::from_u128(1);
        let paths = [
            format!("{}/invitations", people_of(&cast)),
            format!("{}/roles/{role}/ending", people_of(&cast)),
        ];

        let mut una = Browser::of(&house, &una.acting());
        let mut nobody = Browser::at(&house);
        for browser in [&mut una, &mut nobody] {
            assert_eq!(browser.get(&people_of(&cast)).await.status, StatusCode::NOT_FOUND);
            for path in &paths {
                let answer = browser.post(path, &asks_eve("clinician")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
            }
        }
        let mut sue = Browser::of(&house, &cast.sue.acting());
        let answer = sue.get(&people_of(&cast)).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(!answer.page.contains("Ben Ortiz"));
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff";
        assert_eq!(count(&house, refused).await, 1);
    });
}

#[test]
fn an_invitation_pressed_twice_is_one_letter() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut ada = Browser::of(&house, &cast.ada.acting());
        let path = format!("{}/invitations", people_of(&cast));
        let once = Uuid::from_u128(0x0eef).to_string();
        let mut form = asks_eve("clinician");
        form.push(("once", &once));

        for _ in 0..2 {
            let answer = ada.post(&path, &form).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        }

        assert_eq!(count(&house, "select count(*) from people.invitation").await, 1);
        let letters = "select count(*) from ground.letter where to_address = 'eve@elm.example'";
        assert_eq!(count(&house, letters).await, 1);
        assert!(ada.get(&people_of(&cast)).await.page.contains("Eve Long"));
    });
}

#[test]
fn a_form_that_came_back_keeps_what_was_typed_and_says_what_to_enter() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut ada = Browser::of(&house, &cast.ada.acting());
        let path = format!("{}/invitations", people_of(&cast));

        let form = [("name", "Eve Long"), ("address", "eve at elm"), ("role", "")];
        let answer = ada.post(&path, &form).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        for says in ["Eve Long", "eve at elm", "Enter their email", "Choose what they will be"] {
            assert!(answer.page.contains(says), "{says}: {}", answer.page);
        }
    });
}

#[test]
fn an_owner_of_a_practice_lets_in_no_staff() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let path = format!("{}/invitations", people_of(&cast));

        let mut ada = Browser::of(&house, &cast.ada.acting());
        let answer = ada.post(&path, &asks_eve("billing")).await;

        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let mut oz = Browser::of(&house, &cast.oz.acting());
        let desk = format!("/p/{}/people/invitations", cast.operator);
        assert_eq!(oz.post(&desk, &asks_eve("billing")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(oz.post(&desk, &asks_eve("clinician")).await.status, StatusCode::FORBIDDEN);
    });
}
