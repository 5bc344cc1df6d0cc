//! What goes out: by whom, to one at a time, and what nobody else may read of it.

use axum::http::StatusCode;
use ground::policy::Service;
use ground::testing::run;
use ground::{db, web};

use super::stage::{Stage, promise_of, una};
use crate::NewOffer;

#[test]
fn a_request_is_before_one_clinician_at_a_time_and_becomes_one_client() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let first = stage.request(1);
        stage.offer_as(&stage.intake(), &first).await.unwrap();
        let to_ada = |number| NewOffer {
            clinician: stage.cast.ada_treats.id,
            lead: first.lead,
            ..stage.request(number)
        };
        let is_out = |error: &web::Error| {
            matches!(error, web::Error::Database(db::Error::Conflict(by))
                if by == "sent_to_one_at_a_time")
        };

        let error = stage.offer_as(&stage.intake(), &to_ada(2)).await.unwrap_err();
        assert!(is_out(&error), "{error:?}");

        // Ben says no: it can go to Ada, and once she took it, to nobody.
        let at = stage.at(&format!("offers/{}/decline", first.id));
        stage.browser(&stage.cast.ben.acting()).post(&at, &[]).await;
        stage.drain().await;
        stage.offer_as(&stage.intake(), &to_ada(3)).await.unwrap();
        let at = stage.at(&format!("offers/{}/acceptance", to_ada(3).id));
        stage.browser(&stage.cast.ada.acting()).post(&at, &[]).await;
        stage.drain().await;
        let error = stage.offer_as(&stage.intake(), &to_ada(4)).await.unwrap_err();
        assert!(is_out(&error), "{error:?}");
    });
}

#[test]
fn offers_are_made_by_an_owner_and_by_intake_where_leads_are_shared() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let una = una(&house).await;

        for (who, acting, may) in [
            ("intake with leads", stage.intake(), true),
            ("intake without", stage.ivy(&[Service::Billing]), false),
            ("intake without anything", stage.ivy(&[]), false),
            ("a scheduler", stage.cast.sue.acting(), false),
            ("a colleague", stage.cast.ben.acting(), false),
        ] {
            let number = 1 + u128::from(who.len() as u64);
            match stage.offer_as(&acting, &stage.request(number)).await {
                Ok(()) => assert!(may, "{who}"),
                Err(error) => {
                    assert!(!may, "{who}: {error:?}");
                    promise_of(error);
                }
            }
        }
        let error = stage.offer_as(&una, &stage.request(90)).await.unwrap_err();
        assert!(matches!(error, web::Error::NotFound), "{error:?}");
        let ada = NewOffer { holder: stage.cast.elm, ..stage.request(91) };
        stage.offer_as(&stage.cast.ada.acting(), &ada).await.unwrap();
    });
}

#[test]
fn pressing_twice_is_one_offer() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.offer_as(&stage.intake(), &stage.request(1)).await.unwrap();

        let error = stage.offer_as(&stage.intake(), &stage.request(1)).await.unwrap_err();

        let web::Error::Database(db::Error::Conflict(by)) = error else { panic!("{error:?}") };
        assert_eq!(by, "sent_pkey");
        assert_eq!(stage.count("select count(*) from offers.offer").await, 1);
    });
}

#[test]
fn an_inbox_holds_ones_own_offers_and_is_nobody_elses() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.before_ben(1).await;

        let ben = stage.browser(&stage.cast.ben.acting()).get(&stage.at("offers")).await.page;
        assert!(ben.contains("An adult in TX") && !ben.contains("Mara"), "{ben}");
        let ada = stage.browser(&stage.cast.ada.acting()).get(&stage.at("offers")).await.page;
        assert!(ada.contains("No offers.") && !ada.contains("An adult in TX"), "{ada}");
        let ivy = stage.browser(&stage.intake()).get(&stage.at("offers")).await;
        assert_eq!(ivy.status, StatusCode::FORBIDDEN, "{}", ivy.page);
    });
}

#[test]
fn an_offer_that_waits_is_a_duty_of_its_clinician_alone() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;

        for (acting, many) in [
            (stage.cast.ben.acting(), 1),
            (stage.cast.ada.acting(), 0),
            (stage.intake(), 0),
            (stage.job(), 0),
        ] {
            let mut tx = house.house.begin(&acting).await.unwrap();
            let duties = crate::ROOM.duties.unwrap()(&mut tx).await.unwrap();
            assert_eq!(duties.len(), many, "{acting:?}");
            for duty in duties {
                assert_eq!(duty.due, Some(offer.expires_at));
                assert!(!format!("{duty:?}").contains("Mara"), "{duty:?}");
            }
        }
    });
}
