//! Who may not: others read nothing, and the database holds what the pages promise.

use axum::http::StatusCode;
use ground::testing::run;
use ground::{Acting, db};
use ids::{PersonId, Uuid};
use sqlx::{AssertSqlSafe, Executor};

use super::{INSURED, Scene, client};

#[test]
fn nobody_but_the_client_reads_or_fills_in_their_forms() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let (cast, elm) = (&scene.cast, scene.cast.elm);
        let stranger = client(PersonId(Uuid::from_u128(9)), elm, ids::ClientId(Uuid::from_u128(9)));
        let bo = terms::cast::acting(&scene.house.house, &cast.bo).await.unwrap();
        for acting in [stranger, cast.ada.acting(), bo, Acting::Door] {
            let other = scene.browser(&acting);
            let read = other.get(&scene.at("name")).await;
            let write = other.post(&scene.at("name"), INSURED[0].1).await;
            let send = other.post(&scene.at("sending"), &[]).await;

            for answer in [read, write, send] {
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{acting:?}");
            }
        }
    });
}

#[test]
fn a_coordinator_sees_how_far_forms_are_and_not_what_they_say() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        for (page, typed) in INSURED {
            sam.post(&scene.at(page), typed).await;
        }
        let ina = terms::cast::acting(&scene.house.house, &scene.agreed.ina).await.unwrap();

        let page = scene.browser(&ina).get(&scene.for_sender()).await;

        assert_eq!(page.status, StatusCode::OK, "{}", page.page);
        assert!(page.page.contains("Consent to care"));
        for answer in ["W123canary456", "Oak Street", "1994", "LONESTAR"] {
            assert!(!page.page.contains(answer), "{answer}: {}", page.page);
        }
    });
}

#[test]
fn staff_whose_service_is_not_shared_are_refused_on_the_record() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let bo = terms::cast::acting(&scene.house.house, &scene.cast.bo).await.unwrap();
        let biller = scene.browser(&bo);

        assert_eq!(biller.get(&scene.for_sender()).await.status, StatusCode::FORBIDDEN);
        assert_eq!(biller.post(&scene.for_sender(), &[]).await.status, StatusCode::FORBIDDEN);

        let refused: i64 = sqlx::query_scalar(
            "select count(*) from ground.audit where outcome = 'refused' and is_staff",
        )
        .fetch_one(&mut scene.house.superuser().await)
        .await
        .unwrap();
        assert_eq!(refused, 2);
    });
}

#[test]
fn forms_that_are_open_are_not_sent_a_second_time() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let ada = scene.browser(&scene.cast.ada.acting());

        for _ in 0..2 {
            let sent = ada.post(&scene.for_sender(), &[]).await;
            assert_eq!(sent.to.as_deref(), Some(&*scene.for_sender()), "{}", sent.page);
        }

        let packets: i64 = sqlx::query_scalar("select count(*) from intake.packet")
            .fetch_one(&mut scene.house.superuser().await)
            .await
            .unwrap();
        assert_eq!(packets, 1);
    });
}

#[test]
fn what_came_back_whole_takes_nothing_more_even_by_statement() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        for (page, typed) in INSURED {
            sam.post(&scene.at(page), typed).await;
        }
        sam.post(&scene.at("sending"), &[]).await;

        let late = sam.post(&scene.at("phone"), &[("phone", "512 555 0199")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        let by_hand = [
            "update intake.answer set saved_at = saved_at",
            "insert into intake.signature
             select practice_id, packet_id, client_id, document, version, text_hash, 'Forger',
                    signed_at, person_id from intake.signature limit 1",
        ];
        for sql in by_hand {
            let mut tx = scene.house.house.begin(&scene.sam).await.unwrap();
            let refused = tx.execute(sql).await.map_err(db::Error::from);
            let name = "packet_stays_whole";
            assert!(matches!(&refused, Err(db::Error::Conflict(it)) if it == name), "{refused:?}");
        }
    });
}

#[test]
fn the_database_completes_nothing_unsigned_and_edits_no_text_or_signature() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        sam.post(&scene.at("care"), INSURED[7].1).await;

        let mut tx = scene.house.house.begin(&scene.sam).await.unwrap();
        let done = format!("update intake.packet set completed_at = '{}'", scene.house.house.now());
        let refused = tx.execute(AssertSqlSafe(done)).await.map_err(db::Error::from);
        assert!(matches!(&refused, Err(db::Error::Conflict(it)) if it == "packet_is_signed"));

        let elm = Acting::Job { practice: scene.cast.elm };
        for sql in [
            "update intake.document set body = body",
            "update intake.signature set typed_name = 'Forger'",
            "delete from intake.signature",
            "delete from intake.packet",
        ] {
            let mut tx = scene.house.house.begin(&elm).await.unwrap();
            assert!(tx.execute(sql).await.is_err(), "{sql}");
        }
        let mut tx = scene.house.house.begin(&scene.sam).await.unwrap();
        let other_text = "insert into intake.signature
            select practice_id, packet_id, client_id, 'fees', 1, text_hash, 'Sam', signed_at,
                   person_id from intake.signature";
        let refused = tx.execute(other_text).await;
        assert!(refused.is_err(), "a signature names the text that it was for");
    });
}

#[test]
fn no_answer_stands_in_the_database_in_clear() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        for (page, typed) in INSURED {
            sam.post(&scene.at(page), typed).await;
        }
        sam.post(&scene.at("sending"), &[]).await;

        let mut superuser = scene.house.superuser().await;
        for table in ["intake.answer", "intake.coverage", "ground.audit", "ground.event"] {
            let sql = format!("select coalesce(string_agg(t::text, ' '), '') from {table} t");
            let all: String =
                sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut superuser).await.unwrap();
            let hex: String = b"W123canary456".iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(!all.contains("W123canary456") && !all.contains(&hex), "{table}");
        }
    });
}
