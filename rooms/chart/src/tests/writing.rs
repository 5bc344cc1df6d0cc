//! A note is written, signed and amended, page by page; and the minutes of writing are counted.

use axum::http::StatusCode;
use codes::Service;
use ground::spans::{self, Kind};
use ground::testing::{BEGIN, run};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use super::scene::{Scene, says, scene};
use crate::cast;

#[test]
fn a_note_is_written_reviewed_and_signed_and_a_charge_learns_its_time_and_codes() {
    run(async |house| {
        let scene = scene(house).await;
        let elm = scene.cast.elm;
        let ada = scene.cast.ada.acting();
        let sam = scene.cast.sam.id;
        let since = date(2026, 1, 12);
        for code in ["F41.1", "F51.01"] {
            cast::diagnosed(&scene.house.house, &ada, elm, sam, code, since).await.unwrap();
        }
        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        for shown in ["Note of Mon, Feb 9", "53 min", "90837, individual", "Office", "F41.1"] {
            assert!(page.contains(shown), "{shown}: {page}");
        }
        let window = scene.window(scene.first).await;
        let to = window.pressed("Slept five nights of seven.").await.to;
        assert_eq!(to, Some(scene.note(scene.first)));
        let review = scene.ada().get(&format!("{}/review", scene.note(scene.first))).await.page;
        assert!(review.contains("Slept five nights") && review.contains("never change it"));

        assert_eq!(scene.signs(scene.first).await.status, StatusCode::SEE_OTHER);

        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        assert!(page.contains("Slept five nights") && page.contains("Signed Mon, Feb 9"), "{page}");
        assert!(!page.contains("name=\"subjective\""), "a signed note has no form: {page}");
        let acting = ground::Acting::Job { practice: elm };
        let mut tx = scene.house.house.begin(&acting).await.unwrap();
        let note = ids::NoteId(scene.first.0);
        let billable = crate::billable(&mut tx, elm, note).await.unwrap().unwrap();
        assert_eq!((billable.minutes, billable.service), (53, Service::Individual));
        assert_eq!(billable.codes, ["F41.1", "F51.01"]);
        assert_eq!(billable.suggested().unwrap()[0].cpt.code(), "90837");
        let told: String =
            scene.one("select body::text from ground.event where kind = 'chart.note_signed'").await;
        assert!(told.contains("\"minutes\": 53") && !told.contains("F41"), "{told}");
    });
}

#[test]
fn what_is_not_signed_is_no_charge() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Draft.").await;

        let acting = ground::Acting::Job { practice: scene.cast.elm };
        let mut tx = scene.house.house.begin(&acting).await.unwrap();
        for session in [scene.first, scene.second] {
            let note = ids::NoteId(session.0);
            assert_eq!(crate::billable(&mut tx, scene.cast.elm, note).await.unwrap(), None);
        }
    });
}

#[test]
fn an_amendment_adds_and_the_note_stays_readable_as_it_was() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("She said twelve.").await;
        scene.signs(scene.first).await;
        let before: Vec<u8> = scene.one("select sealed from chart.note_text").await;
        let path = format!("{}/amendments", scene.note(scene.first));
        let once = "00000000-0000-0000-0000-0000000000ad";

        for _ in 0..2 {
            let form = [("amendment", "It was\r\ntwenty."), ("once", once)];
            assert_eq!(scene.ada().post(&path, &form).await.status, StatusCode::SEE_OTHER);
        }
        let blank = scene.ada().post(&path, &[("amendment", " \n ")]).await;

        assert_eq!(blank.status, StatusCode::UNPROCESSABLE_ENTITY);
        let page = scene.ada().get(&scene.note(scene.first)).await.page;
        assert!(page.contains("She said twelve.") && page.contains("It was<br>twenty."), "{page}");
        assert_eq!(scene.one::<Vec<u8>>("select sealed from chart.note_text").await, before);
        assert_eq!(scene.one::<i64>("select count(*) from chart.amendment").await, 1);
    });
}

#[test]
fn the_next_note_shows_the_last_one_beside_it() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Phone stayed in the kitchen.").await;
        scene.signs(scene.first).await;

        let page = scene.ada().get(&scene.note(scene.second)).await.page;

        assert!(page.contains("Last note") && page.contains("Phone stayed"), "{page}");
        assert!(page.contains("90834"), "{page}");
    });
}

#[test]
fn what_is_not_signed_stands_first_and_is_due() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Done.").await;
        scene.signs(scene.first).await;
        let list = format!("/p/{}/notes", scene.cast.elm);

        let page = scene.ada().get(&list).await.page;

        let at = |session| page.find(&scene.note(session)).unwrap();
        assert!(at(scene.second) < at(scene.first), "{page}");
        let mut tx = scene.house.house.begin(&scene.cast.ada.acting()).await.unwrap();
        let duties = crate::ROOM.duties.unwrap()(&mut tx).await.unwrap();
        let due: Vec<&str> = duties.iter().map(|duty| duty.href.as_str()).collect();
        assert_eq!(due, [scene.note(scene.second)]);
        let mut tx = scene.house.house.begin(&scene.cast.ben.acting()).await.unwrap();
        assert_eq!(crate::ROOM.duties.unwrap()(&mut tx).await.unwrap(), []);
    });
}

async fn written(scene: &Scene) -> Vec<i64> {
    let from: Timestamp = BEGIN.parse().unwrap();
    let mut tx = scene.house.house.begin(&scene.cast.ada.acting()).await.unwrap();
    let to = from + SignedDuration::from_hours(24);
    let spans = spans::of(&mut tx, scene.cast.elm, from, to).await.unwrap();
    let notes = spans.iter().filter(|span| span.kind == Kind::Notes);
    notes.map(|it| it.to.duration_since(it.from).as_secs()).collect()
}

#[test]
fn writing_counts_from_its_first_instant_to_its_last_and_a_pause_counts_nothing() {
    run(async |house| {
        let scene = scene(house).await;
        let mut window = scene.window(scene.first).await;
        // A minute of writing, a pause of two minutes, and on: one burst.
        for seconds in [0, 30, 30, 120] {
            scene.wait(seconds);
            window.saves("a").await;
        }
        // A second longer is a pause: what follows is another burst.
        scene.wait(121);
        window.saves("b").await;
        assert_eq!(written(&scene).await, [180 + 15]);
        scene.wait(10);
        scene.signs(scene.first).await;

        assert_eq!(written(&scene).await, [195, 10 + 15]);
        let open = "select count(*) from chart.writing where written_at is null";
        assert_eq!(scene.one::<i64>(open).await, 0);
    });
}

#[test]
fn what_was_written_and_left_becomes_minutes_at_the_next_look() {
    run(async |house| {
        let scene = scene(house).await;
        let mut window = scene.window(scene.first).await;
        window.saves("a").await;
        scene.wait(40);
        window.saves("ab").await;
        scene.wait(120);
        scene.ada().get(&format!("/p/{}/notes", scene.cast.elm)).await;
        assert_eq!(written(&scene).await, Vec::<i64>::new(), "she may still be writing");

        scene.wait(1);
        for _ in 0..2 {
            scene.ada().get(&format!("/p/{}/notes", scene.cast.elm)).await;
        }

        assert_eq!(written(&scene).await, [55]);
    });
}

#[test]
fn a_note_can_be_signed_by_the_cast() {
    run(async |house| {
        let scene = scene(house).await;
        let ada = scene.cast.ada.acting();
        let text = says("Warm.", "Log.");
        let (elm, first) = (scene.cast.elm, scene.first);
        let service = Service::Evaluation;
        let signed =
            cast::signed(&scene.house.house, &ada, elm, first, service, &text).await.unwrap();

        let mut tx = scene.house.house.begin(&ada).await.unwrap();
        let billable = crate::billable(&mut tx, elm, signed).await.unwrap().unwrap();
        assert_eq!(billable.suggested().unwrap()[0].cpt.code(), "90791");
        assert_eq!(billable.codes, Vec::<String>::new());
    });
}
