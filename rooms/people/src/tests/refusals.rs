//! What was refused, and whose visits an owner ends.

use axum::http::StatusCode;
use ground::acting::Place;
use ground::clock::wall;
use ground::policy::Role;
use ground::testing::{TestHouse, run};
use ids::{PersonId, PracticeId, Uuid};
use sqlx::Executor;

use super::browser::Browser;
use crate::cast::{self, Cast, Worker};

fn refusals_of(practice: PracticeId) -> String {
    format!("/p/{practice}/refusals")
}

async fn una(house: &TestHouse) -> Worker {
    let oak = crate::found(&house.house, &cast::oak_lane()).await.unwrap();
    let roles = [Role::Owner, Role::Clinician].into();
    let place = Place { practice: oak.practice, is_operator: false, roles };
    Worker { person: oak.founder, address: "una@oak.example".into(), place }
}

/// A visit of somebody that lasts.
async fn visit(house: &TestHouse, person: PersonId, is_client: bool) -> Uuid {
    let id: Uuid = house.house.new_id();
    let now = wall();
    let hash: [u8; 32] = house.house.secret();
    sqlx::query(
        "insert into people.sign_in (id, token_hash, person_id, is_client, machine, made_at,
                                     passed_at, seen_at)
         values ($1, $2, $3, $4, 'Firefox on Linux', $5, $5, $5)",
    )
    .bind(id)
    .bind(&hash[..])
    .bind(person.0)
    .bind(is_client)
    .bind(ground::db::Instant(now))
    .execute(&mut house.superuser().await)
    .await
    .unwrap();
    id
}

async fn lasts(house: &TestHouse, visit: Uuid) -> bool {
    sqlx::query_scalar("select s.revoked_at is null from people.sign_in s where s.id = $1")
        .bind(visit)
        .fetch_one(&mut house.superuser().await)
        .await
        .unwrap()
}

fn ending(cast: &Cast, person: PersonId) -> String {
    format!("/p/{}/people/{person}/sign-ins/ending", cast.elm)
}

#[test]
fn what_staff_were_refused_is_shown_to_owner_and_clinician_in_words() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut sue = Browser::of(&house, &cast.sue.acting());
        let people = format!("/p/{}/people", cast.elm);
        assert_eq!(sue.get(&people).await.status, StatusCode::FORBIDDEN);

        for who in [&cast.ada, &cast.ben] {
            let page = Browser::of(&house, &who.acting()).get(&refusals_of(cast.elm)).await.page;
            for says in [
                "Sue Park, of the operator",
                "Sees who belongs to a practice, and as what.",
                "Without an agreement in force",
                "(AG-01)",
                "Mon, Feb 9, 9:00 AM CT",
            ] {
                assert!(page.contains(says), "{says}: {page}");
            }
        }
    });
}

#[test]
fn a_clinician_sees_what_concerns_them_and_an_owner_what_concerns_the_practice() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let plant = |about: Option<PersonId>, by: PersonId, is_staff: bool, act: &str| {
            format!(
                "insert into ground.audit (practice_id, id, at, outcome, act, thing_kind, thing_id,
                                           person_id, is_staff, about_id)
                 values ('{}', gen_random_uuid(), '2026-02-09T15:00:00Z', 'refused', '{act}',
                         'Note', 'x', '{by}', {is_staff}, {})",
                cast.elm,
                about.map_or("null".into(), |it| format!("'{it}'")),
            )
        };
        let (ada, ben) = (cast.ada.person, cast.ben.person);
        let mut superuser = house.superuser().await;
        for row in [
            plant(Some(ben), cast.bo.person, true, "sign_note"),
            plant(Some(ada), cast.bo.person, true, "amend_note"),
            plant(Some(ben), ada, false, "write_note"),
            plant(Some(ada), ben, false, "open_chart"),
        ] {
            superuser.execute(sqlx::AssertSqlSafe(row)).await.unwrap();
        }
        let says = |act: &str| ground::policy::Act::says(act).unwrap();

        let bens = Browser::of(&house, &cast.ben.acting()).get(&refusals_of(cast.elm)).await.page;
        let adas = Browser::of(&house, &cast.ada.acting()).get(&refusals_of(cast.elm)).await.page;

        for (act, to_ben, to_ada) in [
            ("sign_note", true, true),
            ("amend_note", false, true),
            ("write_note", true, false),
            ("open_chart", false, true),
        ] {
            assert_eq!(bens.contains(says(act)), to_ben, "{act} to Ben: {bens}");
            assert_eq!(adas.contains(says(act)), to_ada, "{act} to Ada: {adas}");
        }
        assert!(bens.contains("Ada Reyes") && bens.contains("Nothing in the charter allows it."));
    });
}

#[test]
fn refusals_are_not_read_by_strangers_nor_by_staff() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let una = una(&house).await;
        let path = refusals_of(cast.elm);

        for mut browser in [Browser::at(&house), Browser::of(&house, &una.acting())] {
            assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND);
        }
        let mut sam = Browser::of(&house, &cast::as_client(cast.elm, cast.sam.id, una.person));
        assert_eq!(sam.get(&path).await.status, StatusCode::NOT_FOUND);
        let answer = Browser::of(&house, &cast.oz.acting()).get(&path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let page = Browser::of(&house, &cast.ada.acting()).get(&path).await.page;
        assert!(page.contains("Oz Adeyemi, of the operator"), "that too is shown: {page}");
    });
}

#[test]
fn where_nothing_was_refused_the_page_says_what_would_be_listed() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();

        let page = Browser::of(&house, &cast.ben.acting()).get(&refusals_of(cast.elm)).await.page;

        assert!(page.contains("Nothing was refused."), "{page}");
    });
}

#[test]
fn an_owner_ends_the_visits_of_a_member_and_they_are_out_everywhere_they_work() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let laptop = visit(&house, cast.ben.person, false).await;
        let as_client = visit(&house, cast.ben.person, true).await;
        let mut ada = Browser::of(&house, &cast.ada.acting());
        let page = ada.get(&format!("/p/{}/people", cast.elm)).await.page;
        assert!(page.contains(&ending(&cast, cast.ben.person)), "{page}");
        assert!(!page.contains(&ending(&cast, cast.ada.person)), "one's own are elsewhere");

        for _ in 0..2 {
            let answer = ada.post(&ending(&cast, cast.ben.person), &[]).await;
            assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        }

        assert!(!lasts(&house, laptop).await);
        assert!(lasts(&house, as_client).await, "where he is a client is not hers to know");
    });
}

#[test]
fn visits_are_ended_by_nobody_but_the_owner_of_the_practice_of_its_member() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let una = una(&house).await;
        let bens = visit(&house, cast.ben.person, false).await;
        let unas = visit(&house, una.person, false).await;

        let mut ben = Browser::of(&house, &cast.ben.acting());
        let page = ben.get(&format!("/p/{}/people", cast.elm)).await.page;
        assert!(!page.contains("sign-ins/ending"), "{page}");
        let answer = ben.post(&ending(&cast, cast.ada.person), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let answer =
            Browser::of(&house, &cast.oz.acting()).post(&ending(&cast, cast.ben.person), &[]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        let mut other = Browser::of(&house, &una.acting());
        let answer = other.post(&ending(&cast, cast.ben.person), &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        let through_her_own =
            format!("/p/{}/people/{}/sign-ins/ending", una.place.practice, cast.ben.person);
        assert_eq!(other.post(&through_her_own, &[]).await.status, StatusCode::SEE_OTHER);
        let mut ada = Browser::of(&house, &cast.ada.acting());
        assert_eq!(ada.post(&ending(&cast, una.person), &[]).await.status, StatusCode::SEE_OTHER);

        assert!(lasts(&house, bens).await && lasts(&house, unas).await);
    });
}

#[test]
fn the_database_looks_again_whether_the_one_who_ends_visits_owns_the_practice() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let adas = visit(&house, cast.ada.person, false).await;
        for acting in [cast.ben.acting(), cast.oz.acting(), ground::Acting::Door] {
            let mut tx = house.house.begin(&acting).await.unwrap();
            let ended =
                crate::door::end_member_sign_ins(&mut tx, cast.elm, cast.ada.person, wall());
            assert_eq!(ended.await.unwrap(), 0, "{acting:?}");
            tx.commit().await.unwrap();
        }
        assert!(lasts(&house, adas).await);
    });
}
