//! What a note says is nowhere in the database, and nobody reads it but those who treat.

use axum::http::StatusCode;
use ground::Acting;
use ground::acting::{Place, Workforce};
use ground::policy::Role;
use ground::testing::run;
use ids::{ClientId, SignInId, Uuid};
use jiff::civil::date;

use super::scene::scene;
use crate::cast;

const CANARY: &str = "canaryflewoverthelake";

/// Every table with a row that holds the canary, as text or as bytes.
const TELLTALE: &str = "
    select format('select %L from %s t where t::text ~* %L limit 1', c.oid::regclass,
                  c.oid::regclass, $1)
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r'
       and n.nspname not in ('pg_catalog', 'information_schema')";

async fn telltales(house: &ground::testing::TestHouse) -> Vec<String> {
    let hex: String = CANARY.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut superuser = house.superuser().await;
    let asks: Vec<String> = sqlx::query_scalar(TELLTALE)
        .bind(format!("{CANARY}|{hex}|F41\\.1"))
        .fetch_all(&mut superuser)
        .await
        .unwrap();
    let mut found = Vec::new();
    for ask in asks {
        let told: Option<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(ask))
            .fetch_optional(&mut superuser)
            .await
            .unwrap();
        found.extend(told);
    }
    found
}

#[test]
fn clear_text_of_a_note_is_nowhere_in_the_database() {
    run(async |house| {
        let scene = scene(house).await;
        let ada = scene.cast.ada.acting();
        let (elm, sam, since) = (scene.cast.elm, scene.cast.sam.id, date(2026, 1, 5));
        cast::diagnosed(&scene.house.house, &ada, elm, sam, "F41.1", since).await.unwrap();
        let mut one = scene.window(scene.first).await;
        let mut two = scene.window(scene.first).await;
        one.saves(CANARY).await;
        two.saves(&format!("{CANARY} twice")).await;
        assert_eq!(telltales(&scene.house).await, Vec::<String>::new());

        let mut second = scene.window(scene.second).await;
        second.saves(CANARY).await;
        scene.signs(scene.second).await;
        let amend = format!("{}/amendments", scene.note(scene.second));
        scene.ada().post(&amend, &[("amendment", CANARY)]).await;

        // What a claim repeats of a signed note is plain, and is no text.
        assert_eq!(telltales(&scene.house).await, ["chart.treated"]);
    });
}

#[test]
fn a_canary_in_the_open_is_found() {
    run(async |house| {
        let scene = scene(house).await;
        let plant = "update people.client set phone = 'canaryflewoverthelake'";
        sqlx::query(plant).execute(&mut scene.house.superuser().await).await.unwrap();

        assert_eq!(telltales(&scene.house).await, ["people.client"]);
    });
}

#[test]
fn a_note_that_is_read_is_written_down_and_one_that_saves_itself_is_not() {
    run(async |house| {
        let scene = scene(house).await;
        let read = "select count(*) from ground.audit where outcome = 'read'";
        let mut window = scene.window(scene.first).await;
        assert_eq!(scene.one::<i64>(read).await, 1);
        for text in ["a", "ab", "abc"] {
            window.saves(text).await;
        }
        assert_eq!(scene.one::<i64>(read).await, 1, "saving is no reading");

        scene.ada().get(&scene.chart()).await;

        assert_eq!(scene.one::<i64>(read).await, 2);
        let of_sam = "select count(*) from ground.audit a
                       where a.outcome = 'read'
                         and a.client_id in (select client_id from people.client)
                         and a.person_id is not null";
        assert_eq!(scene.one::<i64>(of_sam).await, 2);
    });
}

#[test]
fn who_does_not_treat_reads_nothing_and_writes_nothing() {
    run(async |house| {
        let scene = scene(house).await;
        let mut window = scene.window(scene.first).await;
        window.saves(CANARY).await;
        scene.signs(scene.first).await;
        scene.window(scene.second).await.saves(CANARY).await;
        let (signed, draft) = (scene.note(scene.first), scene.note(scene.second));
        let chart = scene.chart();
        let oak = people::found(&scene.house.house, &people::cast::oak_lane()).await.unwrap();
        let una = Acting::Workforce(Workforce {
            person: oak.founder,
            sign_in: SignInId(Uuid::nil()),
            places: vec![Place {
                practice: oak.practice,
                is_operator: false,
                roles: [Role::Owner, Role::Clinician].into(),
            }],
            serves: vec![],
        });
        let as_client = vec![(scene.cast.elm, ClientId(scene.cast.sam.id.0))];
        let person = ids::PersonId(Uuid::from_u128(0x5A));
        let sam = Acting::Client { person, sign_in: SignInId(Uuid::nil()), as_client };

        let text = [("subjective", "x"), ("version", "1"), ("amendment", "x"), ("code", "F41.1")];
        let year = [("since_year", "2026"), ("since_month", "1"), ("since_day", "1")];
        let form: Vec<_> = text.into_iter().chain(year).collect();
        for (who, status) in [
            (scene.cast.ben.acting(), StatusCode::FORBIDDEN),
            (scene.cast.sue.acting(), StatusCode::FORBIDDEN),
            (scene.cast.bo.acting(), StatusCode::FORBIDDEN),
            (scene.cast.oz.acting(), StatusCode::FORBIDDEN),
            (una, StatusCode::NOT_FOUND),
            (sam, StatusCode::NOT_FOUND),
            (Acting::Door, StatusCode::NOT_FOUND),
        ] {
            let browser = scene.browser(&who);
            for path in [&signed, &draft, &chart] {
                let answer = browser.get(path).await;
                assert_eq!(answer.status, status, "{who:?} {path}");
                assert!(!answer.page.contains(CANARY), "{who:?} {path}");
            }
            for path in [
                draft.clone(),
                format!("{draft}/saves"),
                format!("{draft}/signature"),
                format!("{signed}/amendments"),
                format!("{chart}/search"),
                format!("{chart}/diagnoses"),
                format!("{chart}/diagnoses/{}/ending", Uuid::nil()),
            ] {
                assert_eq!(browser.post(&path, &form).await.status, status, "{who:?} {path}");
            }
        }
        assert_eq!(scene.one::<i64>("select count(*) from chart.amendment").await, 0);
        assert_eq!(scene.one::<i64>("select count(*) from chart.diagnosis").await, 0);
        let drafts = "select count(*) from chart.note where state = 'draft' and version = 1";
        assert_eq!(scene.one::<i64>(drafts).await, 1);
        let refused = "select count(*) from ground.audit where outcome = 'refused' and is_staff
                          and promise = 'OF-02'";
        assert!(0 < scene.one::<i64>(refused).await, "staff are refused on the record");
    });
}

#[test]
fn an_owner_who_does_not_treat_opens_no_chart() {
    run(async |house| {
        let scene = scene(house).await;
        // Ada owns the practice; from here on she treats nobody.
        let sql = "set session_replication_role = replica;
                   update offers.treating set until = since;
                   update offers.episode set ended_at = began_at";
        sqlx::Executor::execute(&mut scene.house.superuser().await, sql).await.unwrap();

        assert_eq!(scene.ada().get(&scene.chart()).await.status, StatusCode::FORBIDDEN);

        // Her own draft she can still finish.
        scene.window(scene.first).await.saves("The last session.").await;
        assert_eq!(scene.signs(scene.first).await.status, StatusCode::SEE_OTHER);
        let page = scene.ada().get(&scene.note(scene.first)).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "what is signed is the chart's");
    });
}

#[test]
fn a_colleague_cannot_tell_whether_a_note_is_signed() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Warm.").await;
        scene.signs(scene.first).await;
        let ben = scene.browser(&scene.cast.ben.acting());

        for session in [scene.first, scene.second] {
            for to in ["signature", "asides", "amendments"] {
                let answer = ben.post(&format!("{}/{to}", scene.note(session)), &[]).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{to}: {}", answer.page);
            }
        }
    });
}
