//! A clinician's yes and no: who gives it, what it does, and that pressing twice is pressing once.

use axum::http::StatusCode;
use ground::testing::run;
use jiff::SignedDuration;

use super::stage::{Stage, una};
use crate::State;

#[test]
fn a_yes_makes_a_client_whom_she_treats_and_the_holder_learns_that_it_was_taken() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let ben = stage.browser(&stage.cast.ben.acting());
        let at = stage.at(&format!("offers/{}", offer.id));

        let page = ben.get(&at).await.page;
        assert!(page.contains("I lie awake since the move.") && page.contains("Mara Quinn"));
        let answer = ben.post(&format!("{at}/acceptance"), &[]).await;

        let client = stage.look(offer.id).await.client.unwrap();
        assert_eq!(answer.to, Some(stage.at(&format!("clients/{client}"))), "{}", answer.page);
        let mut tx = house.house.begin(&stage.job()).await.unwrap();
        let care = crate::care_of(&mut tx, stage.cast.elm, client).await.unwrap().unwrap();
        assert_eq!(care.treated_by, [stage.cast.ben.person]);
        let ben_treats = stage.cast.ben_treats.id;
        let sent = people::reach(&mut tx, stage.cast.elm, client, people::Purpose::Forms).await;
        assert!(sent.unwrap().is_some(), "what they agreed to when they asked holds");
        assert_eq!(crate::caseload(&mut tx, stage.cast.elm, ben_treats).await.unwrap(), 1);
        drop(tx);
        stage.drain().await;
        let taken = "select count(*) from offers.sent where is_taken and back_at is not null";
        assert_eq!(stage.count(taken).await, 1);
        let told = "select count(*) from ground.event where kind = 'offers.accepted'";
        assert_eq!(stage.count(told).await, 1);
    });
}

#[test]
fn two_tabs_that_accept_at_once_make_one_client() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let at = stage.at(&format!("offers/{}/acceptance", offer.id));
        let ben = stage.browser(&stage.cast.ben.acting());

        let presses = (0..8).map(|_| {
            let (ben, at) = (ben.clone(), at.clone());
            tokio::spawn(async move { ben.post(&at, &[]).await })
        });
        let mut led_to = std::collections::BTreeSet::new();
        for press in presses.collect::<Vec<_>>() {
            let answer = press.await.unwrap();
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
            led_to.insert(answer.to);
        }

        assert_eq!(led_to.len(), 1);
        let made = "select count(*) from people.client where name = 'Mara Quinn'";
        assert_eq!(stage.count(made).await, 1);
        assert_eq!(stage.count("select count(*) from offers.episode").await, 1);
    });
}

#[test]
fn a_no_erases_who_it_was_and_the_holder_learns_only_that_it_is_back() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let ben = stage.browser(&stage.cast.ben.acting());
        let at = stage.at(&format!("offers/{}", offer.id));

        for _ in 0..2 {
            let answer = ben.post(&format!("{at}/decline"), &[]).await;
            assert_eq!(answer.to, Some(stage.at("offers")), "{}", answer.page);
        }

        assert_eq!(stage.look(offer.id).await.state, State::Declined);
        let kept = "select count(*) from offers.offer where snapshot_sealed is not null";
        assert_eq!(stage.count(kept).await, 0);
        let page = ben.get(&at).await.page;
        assert!(!page.contains("Mara") && page.contains("You declined it"), "{page}");
        assert!(ben.get(&stage.at("offers")).await.page.contains("declined"));
        stage.drain().await;
        let back = "select count(*) from offers.sent where back_at is not null and not is_taken";
        assert_eq!(stage.count(back).await, 1);
        // The holder's row has no place for more than that it is back.
        let columns = "select count(*) from information_schema.columns
            where table_schema = 'offers' and table_name = 'sent' and column_name = 'state'";
        assert_eq!(stage.count(columns).await, 0);
    });
}

#[test]
fn an_offer_whose_time_is_over_lapses_and_cannot_be_accepted() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let ben = stage.browser(&stage.cast.ben.acting());
        let at = stage.at(&format!("offers/{}", offer.id));
        house.house.clock().advance(SignedDuration::from_hours(49));

        // Before the job has come by: its hour has passed all the same.
        let answer = ben.post(&format!("{at}/acceptance"), &[]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
        assert!(answer.page.contains("Its time was over"), "{}", answer.page);
        stage.drain().await;

        assert_eq!(stage.look(offer.id).await.state, State::Lapsed);
        assert_eq!(ben.post(&format!("{at}/acceptance"), &[]).await.status, StatusCode::CONFLICT);
        let kept = "select count(*) from offers.offer where snapshot_sealed is not null";
        assert_eq!(stage.count(kept).await, 0);
        let back = "select count(*) from offers.sent where back_at is not null and not is_taken";
        assert_eq!(stage.count(back).await, 1);
    });
}

#[test]
fn nobody_answers_in_her_place() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let una = una(&house).await;
        let at = stage.at(&format!("offers/{}", offer.id));

        for (who, acting, expected) in [
            ("the owner", stage.cast.ada.acting(), StatusCode::FORBIDDEN),
            ("whoever sent it", stage.intake(), StatusCode::FORBIDDEN),
            ("staff without the service", stage.cast.sue.acting(), StatusCode::FORBIDDEN),
            ("another practice", una, StatusCode::NOT_FOUND),
            (
                "a client",
                people::cast::as_client(
                    stage.cast.elm,
                    stage.cast.sam.id,
                    ids::PersonId(ids::Uuid::from_u128(9)),
                ),
                StatusCode::NOT_FOUND,
            ),
        ] {
            let browser = stage.browser(&acting);
            let page = browser.get(&at).await;
            assert_eq!(page.status, expected, "{who} reads it");
            assert!(!page.page.contains("Mara"), "{who}: {}", page.page);
            for act in ["acceptance", "decline"] {
                let answer = browser.post(&format!("{at}/{act}"), &[]).await;
                assert_eq!(answer.status, expected, "{who}: {act}");
            }
        }

        assert_eq!(stage.look(offer.id).await.state, State::Open);
        let refused = "select count(*) from ground.audit
            where outcome = 'refused' and act = 'answer_offer' and promise = 'CO-01'";
        assert_eq!(stage.count(refused).await, 6);
    });
}

#[test]
fn she_alone_takes_one_more_than_she_said_and_is_asked_first() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.ben_takes(1).await;
        stage.begins(stage.cast.sam.id, stage.cast.ben_treats.id).await;
        let offer = stage.before_ben(1).await;
        let ben = stage.browser(&stage.cast.ben.acting());
        let at = stage.at(&format!("offers/{}/acceptance", offer.id));

        let asked = ben.post(&at, &[]).await;
        assert_eq!(asked.status, StatusCode::CONFLICT);
        assert!(asked.page.contains("Take one more client?"), "{}", asked.page);
        assert_eq!(stage.look(offer.id).await.state, State::Open);

        let answer = ben.post(&at, &[("places", "one-more")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        assert_eq!(stage.look(offer.id).await.state, State::Accepted);
    });
}

#[test]
fn offers_that_are_out_are_given_back_with_one_press() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (one, two) = (stage.before_ben(1).await, stage.before_ben(2).await);
        stage.ben_pauses().await;
        let ben = stage.browser(&stage.cast.ben.acting());

        let page = ben.get(&stage.at("offers")).await.page;
        assert!(page.contains("Give all of these back"), "what is out stays hers: {page}");
        for _ in 0..2 {
            let answer = ben.post(&stage.at("offers/withdrawal"), &[]).await;
            assert_eq!(answer.to, Some(stage.at("offers")), "{}", answer.page);
        }

        for offer in [one, two] {
            assert_eq!(stage.look(offer.id).await.state, State::Withdrawn);
        }
        stage.drain().await;
        let back = "select count(*) from offers.sent where back_at is not null";
        assert_eq!(stage.count(back).await, 2);
    });
}
