//! A pause takes effect on the next request, however close the two are.

use std::time::Instant;

use axum::http::StatusCode;
use ground::db;
use ground::testing::run;
use ground::web;

use super::stage::Stage;
use crate::State;
use crate::offer::queries;

/// A pause and requests race so often.
const ROUNDS: u128 = 50;
/// Requests in one race, each on a connection of its own.
const REQUESTS: u128 = 6;

fn is_refused_by_the_pause(error: &web::Error) -> bool {
    matches!(error, web::Error::Database(db::Error::Conflict(by)) if by == "offer_finds_intake_open")
}

#[test]
fn nothing_is_put_before_her_after_she_paused() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.ben_pauses().await;

        let error = stage.offer_as(&stage.intake(), &stage.request(1)).await.unwrap_err();
        assert!(is_refused_by_the_pause(&error), "{error:?}");

        assert_eq!(stage.count("select count(*) from offers.offer").await, 0);
        assert_eq!(stage.count("select count(*) from offers.sent").await, 0);
        // Ada has not paused.
        let ada = crate::NewOffer { clinician: stage.cast.ada_treats.id, ..stage.request(2) };
        stage.offer_as(&stage.intake(), &ada).await.unwrap();
    });
}

#[test]
fn a_pause_with_a_date_ends_on_it() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (elm, ben) = (stage.cast.elm, stage.cast.ben_treats.id);
        let mut tx = house.house.begin(&stage.cast.ben.acting()).await.unwrap();
        let tomorrow = jiff::civil::date(2026, 2, 10);
        hours::pause(&mut tx, elm, ben, Some(tomorrow)).await.unwrap();
        tx.commit().await.unwrap();

        assert!(stage.offer_as(&stage.intake(), &stage.request(1)).await.is_err());
        let on_the_day = crate::NewOffer { on: tomorrow, ..stage.request(2) };
        stage.offer_as(&stage.intake(), &on_the_day).await.unwrap();
    });
}

#[test]
fn a_pause_and_requests_that_race_leave_no_offer_that_began_after_the_pause() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (elm, ben) = (stage.cast.elm, stage.cast.ben_treats.id);
        let ben_is = stage.cast.ben.person;
        let (mut before, mut after) = (0, 0);
        for round in 0..ROUNDS {
            let pausing = {
                let (house, ben_acts) = (house.house.clone(), stage.cast.ben.acting());
                tokio::spawn(async move {
                    // A different moment of the race each time.
                    for _ in 0..round % 10 {
                        tokio::task::yield_now().await;
                    }
                    let mut tx = house.begin(&ben_acts).await.unwrap();
                    hours::pause(&mut tx, elm, ben, None).await.unwrap();
                    tx.commit().await.unwrap();
                    let paused = Instant::now();
                    // What she sees at once is all that is hers to answer.
                    let mut tx = house.begin(&ben_acts).await.unwrap();
                    (paused, queries::open_of(&mut tx, ben_is, house.now()).await.unwrap().len())
                })
            };
            let requests = (0..REQUESTS).map(|number| {
                let new = stage.request(round * 100 + number);
                let (stage, intake) = (stage.clone(), stage.intake());
                tokio::spawn(async move {
                    for _ in 0..number * 40 {
                        tokio::task::yield_now().await;
                    }
                    let began = Instant::now();
                    (began, stage.offer_as(&intake, &new).await)
                })
            });
            let requests: Vec<_> = requests.collect();
            let (paused, seen) = pausing.await.unwrap();
            for request in requests {
                let (began, outcome) = request.await.unwrap();
                match outcome {
                    Ok(()) => {
                        assert!(began < paused, "round {round}: an offer began after the pause");
                        before += 1;
                    }
                    Err(error) => {
                        assert!(is_refused_by_the_pause(&error), "round {round}: {error:?}");
                        after += 1;
                    }
                }
            }
            let mut tx = house.house.begin(&stage.cast.ben.acting()).await.unwrap();
            let all = queries::open_of(&mut tx, ben_is, house.house.now()).await.unwrap();
            drop(tx);
            assert_eq!(all.len(), seen, "round {round}: one appeared after she had paused");
            // The next request, a moment later, always finds it.
            let next = stage.offer_as(&stage.intake(), &stage.request(round * 100 + 99)).await;
            assert!(next.is_err_and(|error| is_refused_by_the_pause(&error)), "round {round}");
            let mut tx = house.house.begin(&stage.cast.ben.acting()).await.unwrap();
            hours::reopen(&mut tx, elm, ben).await.unwrap();
            tx.commit().await.unwrap();
        }
        assert!(0 < before && 0 < after, "the race went both ways: {before} and {after}");
    });
}

#[test]
fn what_was_put_before_her_earlier_stays_hers_to_answer() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        stage.ben_pauses().await;

        let at = stage.at(&format!("offers/{}/acceptance", offer.id));
        let answer = stage.browser(&stage.cast.ben.acting()).post(&at, &[]).await;

        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        assert_eq!(stage.look(offer.id).await.state, State::Accepted);
    });
}
