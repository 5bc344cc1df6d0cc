//! The pages of statements: who sees which, what they say, and what a press does.

use axum::http::StatusCode;
use ground::acting::{Place, Served};
use ground::policy::{Role, Service};
use ground::testing::Browser;
use ground::{Acting, Room};
use jiff::civil::date;

use super::{JANUARY, Scene, run};

fn at(scene: &Scene, acting: &Acting) -> Browser {
    let rooms: [&Room; 2] = [&crate::ROOM, &ledger::ROOM];
    Browser::of(&scene.house, rooms.map(|room| (room.routes)()), acting)
}

/// Bo, with what an agreement shares at Elm Street.
fn bo(scene: &Scene, services: &[Service]) -> Acting {
    let Acting::Workforce(mut bo) = scene.cast.bo.acting() else { panic!("Bo works") };
    let services = services.iter().copied().collect();
    bo.serves.push(Served { practice: scene.cast.elm, services });
    Acting::Workforce(bo)
}

fn statements(scene: &Scene) -> String {
    format!("/p/{}/statements", scene.cast.elm)
}

/// The path behind the first link that reads `text`.
fn link<'a>(page: &'a str, text: &str) -> &'a str {
    let before = page.split(&format!(">{text}")).next().unwrap();
    before.rsplit("href=\"").next().unwrap().split('"').next().unwrap()
}

#[test]
fn an_owner_closes_a_month_and_opens_a_number_down_to_its_entry() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ada = at(&scene, &scene.cast.ada.acting());
        let page = ada.get(&statements(&scene)).await.page;
        assert!(page.contains("Close January 2026"), "{page}");
        assert!(page.contains("will be listed here"), "{page}");

        for _ in 0..2 {
            let form = [("month", "2026-01-01"), ("once", "k")];
            let answer = ada.post(&statements(&scene), &form).await;
            assert_eq!(answer.to, Some(statements(&scene)), "{}", answer.page);
        }

        let list = ada.get(&statements(&scene)).await.page;
        assert!(list.contains("February 2026 is not over"), "{list}");
        assert_eq!(list.matches("/statements/").count(), 3, "{list}");
        let whose = ["Elm Street Practice</td>", "Ada Reyes</td>", "Ben Ortiz</td>"];
        assert!(whose.map(|it| list.find(it).unwrap()).is_sorted(), "{list}");
        let page = ada.get(link(&list, "January 2026")).await.page;
        for says in [
            "Elm Street Practice. Closed <time datetime=\"2026-02-09\">",
            "Of <b>$1,132.57</b> collected in January 2026, <b>$228.03</b> stays",
            "<b>$297.00</b> are the operator’s prices",
            "Billing costs $4.50 for each claim filed, at most $600.00 a month.",
            "$1,132.57 = the practice $228.03 + its clinicians $607.54 + the operator $297.00.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        // Two clicks from the statement to what the payer answered.
        let line = ada.get(link(&page, "Ada Reyes")).await.page;
        assert!(link(&line, "Payer payment").contains("/billing/answers/"), "{line}");
        let line = ada.get(link(&page, "Ben Ortiz")).await.page;
        assert_eq!(line.matches(">Client payment<").count(), 8, "{line}");
        assert!(line.contains("Sam Whitfield"), "{line}");
        let payment = ada.get(link(&line, "Client payment")).await;
        assert_eq!(payment.status, StatusCode::OK);
        assert!(payment.page.contains("$1,012.57"), "{}", payment.page);
    });
}

#[test]
fn a_clinician_reads_their_own_statement_and_no_other() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let ben = at(&scene, &scene.cast.ben.acting());

        let list = ben.get(&statements(&scene)).await.page;
        assert_eq!(list.matches("/statements/").count(), 1, "{list}");
        assert!(!list.contains("Close ") && !list.contains("Ada"), "{list}");
        let page = ben.get(link(&list, "January 2026")).await.page;
        for says in [
            "Of each $100 that came in for your work in January 2026 you kept <b>$60.00</b>: \
             <b>$607.54</b> of <b>$1,012.57</b>.",
            "The clinician is paid 60% of what was collected.",
            "You keep",
            "$1,012.57 = you $607.54 + Elm Street Practice $405.03.",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let line = ben.get(link(&page, "From clients")).await.page;
        assert_eq!(line.matches("Client payment").count(), 8, "{line}");
        assert!(!line.contains("/books/"), "the books are not a clinician's: {line}");

        let ada = at(&scene, &scene.cast.ada.acting()).get(&statements(&scene)).await.page;
        for (at, path) in ada.match_indices("/statements/") {
            let id = &ada[at + path.len()..at + path.len() + 36];
            let answer = ben.get(&format!("{}/{id}", statements(&scene))).await;
            let expected = match answer.page.contains("607.54") {
                true => StatusCode::OK,
                false => StatusCode::FORBIDDEN,
            };
            assert_eq!(answer.status, expected);
        }
    });
}

#[test]
fn an_owner_sees_money_and_no_hours() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let ada = at(&scene, &scene.cast.ada.acting());
        let list = ada.get(&statements(&scene)).await.page;
        let bens = list.split("<tr").find(|row| row.contains("Ben Ortiz")).unwrap();
        let page = ada.get(link(bens, "January 2026")).await.page;

        assert!(page.contains("is theirs: <b>$607.54</b>"), "{page}");
        assert!(!page.contains("/worth") && !page.contains("hour was worth"), "{page}");
    });
}

#[test]
fn whoever_may_not_see_statements_is_refused_on_the_record_or_finds_nothing() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let oak = people::found(&scene.house.house, &people::cast::oak_lane()).await.unwrap();
        let place =
            Place { practice: oak.practice, is_operator: false, roles: [Role::Owner].into() };
        let una = people::cast::Worker { person: oak.founder, address: String::new(), place };
        let sam = people::cast::as_client(
            scene.cast.elm,
            scene.cast.sam.id,
            ids::PersonId(ids::Uuid::from_u128(7)),
        );
        let mut tx = scene.job().await;
        let all = crate::queries::statements(&mut tx, scene.cast.elm, None, None).await.unwrap();
        drop(tx);
        let form = [("month", "2026-02-01")];
        let mut refusals = 0;
        for (who, acting, status) in [
            ("a biller without the service", bo(&scene, &[]), StatusCode::FORBIDDEN),
            ("a biller of another service", bo(&scene, &[Service::Leads]), StatusCode::FORBIDDEN),
            ("a scheduler", scene.cast.sue.acting(), StatusCode::FORBIDDEN),
            ("the operator's owner", scene.cast.oz.acting(), StatusCode::FORBIDDEN),
            ("another practice's owner", una.acting(), StatusCode::NOT_FOUND),
            ("a client", sam, StatusCode::NOT_FOUND),
            ("nobody", Acting::Door, StatusCode::NOT_FOUND),
        ] {
            let browser = at(&scene, &acting);
            let list = statements(&scene);
            for path in [list.clone(), format!("{list}/{}", all[0].id), {
                format!("{list}/{}/lines/1", all[1].id)
            }] {
                assert_eq!(browser.get(&path).await.status, status, "{who} at {path}");
            }
            assert_eq!(browser.post(&list, &form).await.status, status, "{who} closes");
            refusals += if status == StatusCode::FORBIDDEN { 4 } else { 0 };
        }
        let ben = at(&scene, &scene.cast.ben.acting());
        assert_eq!(ben.post(&statements(&scene), &form).await.status, StatusCode::FORBIDDEN);
        let mut superuser = scene.house.superuser().await;
        let written: i64 = sqlx::query_scalar(
            "select count(*) from ground.audit
              where outcome = 'refused' and act in ('see_statement', 'close_month')",
        )
        .fetch_one(&mut superuser)
        .await
        .unwrap();
        assert_eq!(written, refusals + 1);
    });
}

#[test]
fn a_biller_with_the_service_closes_and_reads() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let bo = at(&scene, &bo(&scene, &[Service::Billing]));

        let answer = bo.post(&statements(&scene), &[("month", "2026-01-01")]).await;

        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.page);
        let list = bo.get(&statements(&scene)).await.page;
        assert!(list.contains(">$1,132.57<"), "{list}");
    });
}

#[test]
fn what_cannot_be_closed_comes_back_with_a_sentence() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let ada = at(&scene, &scene.cast.ada.acting());
        for (month, says) in [
            ("2026-02-01", "January 2026 comes next."),
            ("soon", "Choose the month that is next"),
            ("", "Choose the month that is next"),
        ] {
            let answer = ada.post(&statements(&scene), &[("month", month)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{month}");
            assert!(answer.page.contains(says), "{month}: {}", answer.page);
            assert!(answer.page.contains("Close January 2026"), "{}", answer.page);
        }
        let gone = format!("{}/{}/lines/1", statements(&scene), ids::Uuid::from_u128(9));
        assert_eq!(ada.get(&gone).await.status, StatusCode::NOT_FOUND);
    });
}

#[test]
fn an_owner_is_asked_to_close_a_month_that_is_over_until_it_is_closed() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let duties = async |acting: &Acting| {
            let mut tx = scene.house.house.begin(acting).await.unwrap();
            (crate::ROOM.duties.unwrap())(&mut tx).await.unwrap()
        };

        let of_ada = duties(&scene.cast.ada.acting()).await;
        assert_eq!(of_ada.len(), 1);
        assert_eq!(of_ada[0].what, "January 2026 is over and not closed");
        assert_eq!(of_ada[0].href, statements(&scene));
        assert!(duties(&scene.cast.ben.acting()).await.is_empty());
        assert!(duties(&scene.cast.oz.acting()).await.is_empty());

        scene.close(JANUARY).await.unwrap();
        assert!(duties(&scene.cast.ada.acting()).await.is_empty());
        scene.turn_to(date(2026, 3, 1));
        assert_eq!(duties(&scene.cast.ada.acting()).await.len(), 1);
    });
}
