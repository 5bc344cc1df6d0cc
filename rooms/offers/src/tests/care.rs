//! Care: who treats, who ends it, and what the database says to whoever forgot to ask.

use axum::http::StatusCode;
use ground::db;
use ground::policy::Act;
use ground::testing::{run, run_with_faults};
use sqlx::Executor as _;

use super::stage::Stage;

#[test]
fn a_discharge_is_hers_alone_and_frees_her_place() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let (sam, ben) = (stage.cast.sam.id, stage.cast.ben_treats.id);
        stage.begins(sam, ben).await;
        let at = stage.at(&format!("clients/{sam}/discharge"));

        // Ada owns the practice; Ben treats.
        for acting in [stage.cast.ada.acting(), stage.intake(), stage.cast.sue.acting()] {
            let answer = stage.browser(&acting).post(&at, &[]).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{}", answer.page);
        }
        let browser = stage.browser(&stage.cast.ben.acting());
        let question = browser.get(&at).await.page;
        assert!(question.contains("Discharge Sam Whitfield?"), "{question}");
        for _ in 0..2 {
            let answer = browser.post(&at, &[]).await;
            assert_eq!(answer.to, Some(stage.at(&format!("clients/{sam}"))), "{}", answer.page);
        }

        let mut tx = house.house.begin(&stage.job()).await.unwrap();
        assert_eq!(crate::care_of(&mut tx, stage.cast.elm, sam).await.unwrap(), None);
        assert_eq!(crate::caseload(&mut tx, stage.cast.elm, ben).await.unwrap(), 0);
        drop(tx);
        let told = "select count(*) from ground.event where kind = 'offers.discharged'";
        assert_eq!(stage.count(told).await, 1);
        let refused = "select count(*) from ground.audit
            where outcome = 'refused' and act = 'discharge' and promise = 'CO-06'";
        assert_eq!(stage.count(refused).await, 2, "Ada and Ivy; Sue sees no care to end");
        let page = browser.get(&stage.at(&format!("clients/{sam}"))).await.page;
        assert!(page.contains("discharged") && !page.contains("/discharge"), "{page}");
    });
}

#[test]
fn care_goes_on_while_somebody_else_treats() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let sam = stage.cast.sam.id;
        stage.begins(sam, stage.cast.ada_treats.id).await;
        stage.begins(sam, stage.cast.ben_treats.id).await;
        stage.begins(sam, stage.cast.ben_treats.id).await;

        let at = stage.at(&format!("clients/{sam}/discharge"));
        stage.browser(&stage.cast.ben.acting()).post(&at, &[]).await;

        let mut tx = house.house.begin(&stage.job()).await.unwrap();
        let treating = crate::treating(&mut tx, stage.cast.elm, sam).await.unwrap();
        assert_eq!(treating, [stage.cast.ada.person]);
        drop(tx);
        stage.browser(&stage.cast.ada.acting()).post(&at, &[]).await;
        let mut tx = house.house.begin(&stage.job()).await.unwrap();
        assert_eq!(crate::care_of(&mut tx, stage.cast.elm, sam).await.unwrap(), None);
        drop(tx);
        // Whoever comes back begins anew.
        stage.begins(sam, stage.cast.ben_treats.id).await;
        assert_eq!(stage.count("select count(*) from offers.episode").await, 2);
    });
}

#[test]
fn whoever_forgot_to_ask_is_stopped_by_the_database() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.begins(stage.cast.sam.id, stage.cast.ben_treats.id).await;

        for (name, sql, refused_by) in [
            (
                "a colleague ends her part",
                "update offers.treating set until = since",
                "treating_is_ended_by_who_treats",
            ),
            (
                "care ends while somebody treats",
                "update offers.episode set ended_at = began_at",
                "episode_is_over_when_nobody_treats",
            ),
        ] {
            let mut tx = house.house.begin(&stage.cast.ada.acting()).await.unwrap();
            let error = db::Error::from((&mut *tx).execute(sql).await.unwrap_err());
            assert!(
                matches!(&error, db::Error::Conflict(by) if by == refused_by),
                "{name}: {error:?}"
            );
        }
    });
}

#[test]
fn a_chart_is_of_those_who_treat_today() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let sam = stage.cast.sam.id;
        stage.begins(sam, stage.cast.ben_treats.id).await;

        for (acting, may) in [(stage.cast.ben.acting(), true), (stage.cast.ada.acting(), false)] {
            let mut tx = house.house.begin(&acting).await.unwrap();
            let chart = crate::chart_of(&mut tx, stage.cast.elm, sam).await.unwrap();
            let elm = acting.known(stage.cast.elm).unwrap();
            assert_eq!(tx.may(Act::OpenChart, &chart, &[&elm]).await.is_ok(), may);
        }
    });
}

#[test]
fn an_episode_that_nobody_treats_is_found() {
    run_with_faults(async |house| {
        let stage = Stage::set(&house).await;
        stage.begins(stage.cast.sam.id, stage.cast.ben_treats.id).await;
        assert_eq!(house.faults().await, Vec::<String>::new());
        let mut superuser = house.superuser().await;
        superuser.execute("set session_replication_role = replica").await.unwrap();

        superuser.execute("update offers.treating set until = since").await.unwrap();

        let faults = house.faults().await;
        assert!(faults.iter().any(|it| it.contains("open_care_is_given")), "{faults:?}");
    });
}

#[test]
fn an_acceptance_without_care_is_found() {
    run_with_faults(async |house| {
        let stage = Stage::set(&house).await;
        let offer = stage.before_ben(1).await;
        let at = stage.at(&format!("offers/{}/acceptance", offer.id));
        stage.browser(&stage.cast.ben.acting()).post(&at, &[]).await;
        assert_eq!(house.faults().await, Vec::<String>::new());
        let mut superuser = house.superuser().await;
        superuser.execute("set session_replication_role = replica").await.unwrap();

        let sql = "delete from offers.treating; delete from offers.episode";
        superuser.execute(sql).await.unwrap();

        let faults = house.faults().await;
        assert!(faults.iter().any(|it| it.contains("accepted_offer_is_care")), "{faults:?}");
    });
}
