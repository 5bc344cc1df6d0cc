//! The clients of a practice: who sees whom, and what one client's page shows.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::{Place, Served, Workforce};
use ground::policy::{Role, Service};
use ground::testing::run;
use ids::{PersonId, SignInId, Uuid};

use super::stage::{Stage, una};

/// Somebody of the operator in this role, where Elm Street shares these services.
fn staff(stage: &Stage, role: Role, services: &[Service]) -> Acting {
    let serves = Served { practice: stage.cast.elm, services: services.iter().copied().collect() };
    Acting::Workforce(Workforce {
        person: PersonId(Uuid::from_u128(0x57aff)),
        sign_in: SignInId(Uuid::nil()),
        places: vec![Place {
            practice: stage.cast.operator,
            is_operator: true,
            roles: [role].into(),
        }],
        serves: vec![serves].into_iter().filter(|it| !it.services.is_empty()).collect(),
    })
}

#[test]
fn clinicians_see_whom_they_treat_and_owners_everybody() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let sam = stage.cast.sam.id;
        let one = stage.at(&format!("clients/{sam}"));
        let una = una(&house).await;
        let scheduling = || vec![Service::Scheduling];

        for (who, acting, list, page) in [
            ("the owner", stage.cast.ada.acting(), Some(true), StatusCode::OK),
            (
                "who does not treat them",
                stage.cast.ben.acting(),
                Some(false),
                StatusCode::FORBIDDEN,
            ),
            (
                "a scheduler with scheduling",
                staff(&stage, Role::Scheduling, &scheduling()),
                Some(true),
                StatusCode::OK,
            ),
            (
                "a scheduler without",
                staff(&stage, Role::Scheduling, &[Service::Billing]),
                None,
                StatusCode::FORBIDDEN,
            ),
            ("a scheduler of nobody", stage.cast.sue.acting(), None, StatusCode::FORBIDDEN),
            (
                "credentialing, which needs no names",
                staff(&stage, Role::Credentialing, &[Service::Credentialing, Service::Billing]),
                None,
                StatusCode::FORBIDDEN,
            ),
            ("another practice", una, None, StatusCode::NOT_FOUND),
        ] {
            let browser = stage.browser(&acting);
            let answer = browser.get(&stage.at("clients")).await;
            match list {
                Some(sees) => {
                    assert_eq!(answer.status, StatusCode::OK, "{who}: {}", answer.page);
                    assert_eq!(answer.page.contains("Sam Whitfield"), sees, "{who}");
                }
                None => assert_eq!(answer.status, page, "{who}: {}", answer.page),
            }
            let answer = browser.get(&one).await;
            assert_eq!(answer.status, page, "{who}: {}", answer.page);
            assert_eq!(answer.page.contains("Sam Whitfield"), page == StatusCode::OK, "{who}");
        }
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff";
        assert_eq!(stage.count(refused).await, 6);
    });
}

#[test]
fn a_clinician_keeps_the_page_of_whom_they_treated() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let sam = stage.cast.sam.id;
        stage.begins(sam, stage.cast.ben_treats.id).await;
        let ben = stage.browser(&stage.cast.ben.acting());
        let one = stage.at(&format!("clients/{sam}"));

        let page = ben.get(&one).await.page;
        for says in ["In care", "Ben Ortiz, LPC Associate", "sam@example.com", "/discharge"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<title>Sam"), "no name stands in the tab");
        ben.post(&format!("{one}/discharge"), &[]).await;

        assert_eq!(ben.get(&one).await.status, StatusCode::OK);
        let list = ben.get(&stage.at("clients")).await.page;
        assert!(list.contains("Not in care") && list.contains("Sam Whitfield"), "{list}");
    });
}

#[test]
fn a_client_that_is_not_there_is_not_found() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let nobody = stage.at(&format!("clients/{}", Uuid::from_u128(1)));

        let ada = stage.browser(&stage.cast.ada.acting());
        assert_eq!(ada.get(&nobody).await.status, StatusCode::NOT_FOUND);
        let answer = ada.post(&format!("{nobody}/discharge"), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    });
}
