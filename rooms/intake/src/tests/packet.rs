//! A packet from its letter to its return.

use axum::http::StatusCode;
use ground::events;
use ground::testing::run;
use ground::work::Wiring;
use ids::{EpisodeId, LeadId, OfferId, Uuid};

use super::{INSURED, Scene};
use crate::Relation;

#[test]
fn a_client_answers_one_page_after_the_other_and_sends_all_of_it_once() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        let first = sam.get(&format!("/me/forms/{}", scene.packet)).await;
        assert_eq!(first.to.as_deref(), Some(&*scene.at("name")));

        let mut next = scene.at("name");
        for (page, typed) in INSURED {
            assert_eq!(next, scene.at(page), "pages come in order");
            assert_eq!(sam.get(&next).await.status, StatusCode::OK);
            let answer = sam.post(&scene.at(page), typed).await;
            next = answer.to.unwrap_or_else(|| panic!("{page}: {}", answer.page));
        }
        assert_eq!(next, scene.at("review"));
        for _ in 0..2 {
            let sent = sam.post(&scene.at("sending"), &[]).await;
            assert_eq!(sent.to.as_deref(), Some(&*scene.at("review")));
        }

        assert!(sam.get(&scene.at("review")).await.page.contains("Sent. Thank you."));
        let mut tx = scene.house.house.begin(&scene.sam).await.unwrap();
        let (elm, client) = (scene.cast.elm, scene.cast.sam.id);
        let identity = crate::identity_of(&mut tx, elm, client).await.unwrap().unwrap();
        assert_eq!((&*identity.first_name, &*identity.state), ("Samuel", "TX"));
        let coverage = crate::coverage_of(&mut tx, elm, client).await.unwrap().unwrap();
        assert_eq!(coverage.member_id, "W123canary456");
        assert_eq!((coverage.relation, coverage.group_number), (Relation::Own, None));
        let told: i64 = sqlx::query_scalar(
            "select count(*) from ground.event where kind = 'intake.packet_completed'",
        )
        .fetch_one(&mut scene.house.superuser().await)
        .await
        .unwrap();
        assert_eq!(told, 1);
    });
}

#[test]
fn somebody_who_stops_comes_back_to_where_they_were_with_all_they_said() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        sam.post(&scene.at("name"), INSURED[0].1).await;
        let wrong =
            sam.post(&scene.at("birth-date"), &[("born_month", "2"), ("born_day", "31")]).await;

        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(wrong.page.contains("value=\"31\""), "what was typed stays: {}", wrong.page);
        assert!(wrong.page.contains("There is no such day"));

        let back = scene.browser(&scene.sam);
        let goes = back.get(&format!("/me/forms/{}", scene.packet)).await;
        assert_eq!(goes.to.as_deref(), Some(&*scene.at("birth-date")));
        assert!(back.get(&scene.at("name")).await.page.contains("value=\"Samuel\""));
        assert!(back.get("/me/forms").await.page.contains("1 of 9 pages"));
    });
}

#[test]
fn a_page_with_one_fault_keeps_its_other_fields() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        let typed =
            [("street", "12 Oak Street"), ("city", "Austin"), ("state", "TX"), ("zip", "x")];

        let answer = sam.post(&scene.at("address"), &typed).await;

        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = sam.get(&scene.at("address")).await.page;
        assert!(
            page.contains("value=\"12 Oak Street\"") && !page.contains("value=\"x\""),
            "{page}"
        );
    });
}

#[test]
fn whoever_turns_from_insurance_to_paying_themselves_leaves_no_plan_behind() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        for (page, typed) in INSURED {
            sam.post(&scene.at(page), typed).await;
        }
        sam.post(&scene.at("paying"), &[("paying", "self")]).await;
        sam.post(&scene.at("sending"), &[]).await;

        let mut tx = scene.house.house.begin(&scene.sam).await.unwrap();
        let coverage = crate::coverage_of(&mut tx, scene.cast.elm, scene.cast.sam.id).await;
        assert_eq!(coverage.unwrap(), None);
    });
}

#[test]
fn a_signature_keeps_the_text_that_was_shown() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let sam = scene.browser(&scene.sam);
        sam.post(&scene.at("care"), INSURED[7].1).await;
        let newer = "insert into intake.document
            select practice_id, name, 2, 'New', repeat('new ', 20),
                   sha256(convert_to(E'New\\n' || repeat('new ', 20), 'UTF8')), since
              from intake.document where name in ('care', 'privacy')";
        let mut superuser = scene.house.superuser().await;
        sqlx::query(newer).execute(&mut superuser).await.unwrap();

        let page = sam.get(&scene.at("signed/care")).await.page;
        assert!(page.contains("is the same") && page.contains("Samuel Whitfield"), "{page}");
        assert!(page.contains("<h1>Consent to care</h1>"), "the text as signed: {page}");

        let unseen = sam.post(&scene.at("privacy"), INSURED[8].1).await;
        assert_eq!(unseen.status, StatusCode::CONFLICT, "nothing is signed unseen");
    });
}

#[test]
fn an_accepted_offer_sends_the_forms_and_a_letter_that_says_nothing_of_care() {
    run(async |house| {
        let scene = Scene::set(house).await;
        let cast = &scene.cast;
        let elm = ground::Acting::Job { practice: cast.elm };
        let kit = people::NewClient {
            name: "Kit Moreno".into(),
            address: people::Address::read("kit@example.com"),
            state: "TX".into(),
        };
        let wiring = Wiring { listeners: crate::ROOM.listens.to_vec(), jobs: vec![] };
        events::register(&scene.house.stores, &wiring.listeners).await.unwrap();
        let mut tx = scene.house.house.begin(&elm).await.unwrap();
        let kit = people::admit(&mut tx, cast.elm, &kit).await.unwrap();
        let accepted = offers::Accepted {
            offer: OfferId(Uuid::from_u128(1)),
            lead: LeadId(Uuid::from_u128(2)),
            client: kit.id,
            clinician: cast.ada_treats.id,
            episode: EpisodeId(Uuid::from_u128(3)),
        };
        events::tell(&mut tx, cast.elm, &accepted).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!(wiring.drain(&scene.house.house).await.unwrap(), 1);

        let mut tx = scene.house.house.begin(&elm).await.unwrap();
        let sent = crate::queries::packets(&mut tx, Some((cast.elm, kit.id))).await.unwrap();
        assert_eq!(sent.len(), 1);
        let letters: i64 = sqlx::query_scalar(
            "select count(*) from ground.letter where to_address = 'kit@example.com'",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!(letters, 1);
    });
}
