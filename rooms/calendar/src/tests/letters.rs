//! Letters about a client's time: to those who agreed, in words that anybody may read.

use ground::events::{register, take_next};
use ground::testing::run;
use ground::work::Worked;
use people::{Channel, Consent, Purpose};

use super::scene::Scene;
use crate::By;

async fn deliver(scene: &Scene) {
    while take_next(&scene.house.house, crate::ROOM.listens).await.unwrap() != Worked::Nothing {}
}

async fn agrees(scene: &Scene) {
    let mut tx = scene.begin(&scene.cast.ada.acting()).await;
    let consent = Consent {
        client: scene.cast.sam.id,
        purpose: Purpose::Visits,
        channel: Channel::Email,
        words: "Write to me about my visits.",
    };
    people::agree(&mut tx, scene.cast.elm, &consent).await.unwrap();
    tx.commit().await.unwrap();
}

const LETTERS: &str = "select count(*) from ground.letter where purpose = 'visits'";

#[test]
fn a_client_who_agreed_hears_of_a_booking_and_of_its_end_once_each() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        register(&house.stores, crate::ROOM.listens).await.unwrap();
        agrees(&scene).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let id = scene.booked("2026-02-12T16:00:00Z").await;
        deliver(&scene).await;
        deliver(&scene).await;
        assert_eq!(scene.count(LETTERS).await, 1);

        let mut tx = scene.begin(&ada.acting()).await;
        crate::cancel(&mut tx, elm, id, ada.person, By::Practice).await.unwrap();
        tx.commit().await.unwrap();
        deliver(&scene).await;
        assert_eq!(scene.count(LETTERS).await, 2);
    });
}

#[test]
fn who_did_not_agree_hears_nothing_and_what_changed_since_is_not_told() {
    run(async |house| {
        let scene = Scene::set(&house).await;
        register(&house.stores, crate::ROOM.listens).await.unwrap();
        scene.booked("2026-02-12T16:00:00Z").await;
        deliver(&scene).await;
        assert_eq!(scene.count(LETTERS).await, 0);

        agrees(&scene).await;
        let (elm, ada) = (scene.cast.elm, scene.cast.ada.clone());
        let id = scene.booked("2026-02-13T16:00:00Z").await;
        let mut tx = scene.begin(&ada.acting()).await;
        crate::cancel(&mut tx, elm, id, ada.person, By::Practice).await.unwrap();
        tx.commit().await.unwrap();
        deliver(&scene).await;
        assert_eq!(scene.count(LETTERS).await, 1, "the end alone");
    });
}

#[test]
fn a_letter_names_a_time_and_a_way_out_and_nothing_of_health() {
    let body = crate::words::booked_letter(
        "Elm Street Practice",
        "Ada Reyes",
        "Thu, Feb 12, 10:00 AM",
        Some("Wed, Feb 11, 10:00 AM"),
        "http://localhost/me/visits",
    );
    let subject = crate::words::booked_subject("Thu, Feb 12, 10:00 AM");
    for word in ["therap", "session", "video", "office", "counsel", "diagnos", "LPC", "Sam"] {
        assert!(!body.contains(word) && !subject.contains(word), "{word}: {body}");
    }
    assert!(body.contains("You can cancel until Wed, Feb 11, 10:00 AM"), "{body}");
    let late = crate::words::booked_letter("Elm", "Ada", "today", None, "link");
    assert!(!late.contains("cancel"), "{late}");
}
