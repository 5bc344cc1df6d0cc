//! A signed note stays as it was signed, whatever program writes: each wall is tried, and each
//! watcher finds the fault planted for it.

use ground::db::Role;
use ground::testing::{run, run_with_faults};
use ids::PersonId;
use sqlx::Executor;

use super::scene::{Scene, scene};

/// What a role tries as a person of the practice with Sam's chart open, past all rules of the
/// program: how many rows it changed, or why it could not.
async fn tries(scene: &Scene, role: Role, person: PersonId, sql: &str) -> String {
    let mut conn = scene.house.stores.connection(role).await.unwrap();
    let set = format!(
        "set house.practices = '{{{}}}'; set house.person = '{person}'; set house.chart = '{}'",
        scene.cast.elm, scene.cast.sam.id
    );
    conn.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
    match conn.execute(sqlx::AssertSqlSafe(sql.to_owned())).await {
        Ok(done) => format!("{} rows", done.rows_affected()),
        Err(error) => {
            let said = error.as_database_error();
            let name = said.and_then(|said| said.constraint()).map(str::to_owned);
            name.unwrap_or_else(|| error.to_string())
        }
    }
}

const SIGN: &str =
    "update chart.note set state = 'signed', signed_at = saved_at, signed_by = author_id,
    began_at = begun_at, ended_at = begun_at + interval '50 min', place = 'office'
    where state = 'draft'";

#[test]
fn the_database_refuses_to_change_what_is_signed() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("As signed.").await;
        scene.signs(scene.first).await;
        let ada = scene.cast.ada.person;

        for (role, sql, answer) in [
            (Role::App, "update chart.note_text set letters = letters", "signed_note_stays"),
            (Role::App, "delete from chart.note_text", "denied"),
            (Role::App, "truncate chart.note_text", "denied"),
            (Role::App, "update chart.note set version = version + 1", "signed_note_stays"),
            (Role::App, "update chart.note set text_sha256 = null", "denied"),
            (Role::App, "delete from chart.note", "denied"),
            (Role::App, "update chart.amendment set sealed = ''", "denied"),
            (Role::App, "update chart.treated set code = 'F41.0'", "denied"),
            (Role::Owner, "update chart.note_text set letters = letters", "signed_note_stays"),
            (Role::Owner, "delete from chart.note_text", "signed_note_stays"),
            (Role::Owner, "delete from chart.note", "note_stays"),
            (Role::Check, "update chart.note_text set letters = letters", "denied"),
            (
                Role::App,
                "insert into chart.treated (practice_id, note_id, rank, code)
                 select practice_id, note_id, 9, 'F41.0' from chart.note",
                "signed_note_stays",
            ),
            (
                Role::App,
                "insert into session.said (practice_id, said_id, session_id, began_at, ended_at, why,
                        said_by, said_at)
                 select n.practice_id, n.note_id, n.note_id, n.began_at, n.ended_at, 'pressed_late',
                        n.author_id, n.signed_at
                   from chart.note n",
                "time_of_a_signed_note_stays",
            ),
        ] {
            let answered = tries(&scene, role, ada, sql).await;
            assert!(answered.contains(answer), "{role:?} {sql}\n{answered}, not {answer}");
        }
    });
}

#[test]
fn the_database_refuses_a_signature_by_another_and_one_without_text() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Mine.").await;
        let (ada, ben) = (scene.cast.ada.person, scene.cast.ben.person);
        let by_ben = SIGN.replace("= author_id", &format!("= '{ben}'"));
        let begins =
            "insert into chart.note (practice_id, note_id, client_id, clinician_id, author_id,
                             service, version, tab_id, tab_from, begun_at, saved_at)
                      select s.practice_id, s.session_id, s.client_id, s.clinician_id, k.person_id,
                             'individual', 1, s.session_id, 0, s.ended_at, s.ended_at
                        from session.session s
                        join people.clinician k on k.clinician_id = s.clinician_id
                          on conflict do nothing";
        let blank = "update chart.note_text set letters = 0";
        let adds =
            "insert into chart.amendment (practice_id, amendment_id, note_id, client_id, sealed,
                           written_by, written_at)
                    select practice_id, note_id, note_id, client_id, '', author_id, saved_at
                      from chart.note where state = 'draft'";

        for (who, sql, answer) in [
            (ben, SIGN, "note_is_written_by_its_author"),
            (ada, &by_ben, "note_is_signed_by_its_author"),
            (ben, &*begins.replace("k.person_id", &format!("'{ben}'")), "note_is_written_by"),
            (ben, begins, "note_is_written_by_its_author"),
            (ada, adds, "amendment_is_by_the_author_of_a_signed_note"),
            (ada, blank, "1 rows"),
            (ada, SIGN, "signed_note_has_text"),
        ] {
            let answered = tries(&scene, Role::App, who, sql).await;
            assert!(answered.contains(answer), "{sql}\n{answered}, not {answer}");
        }
    });
}

#[test]
fn text_is_not_seen_and_not_written_without_an_open_chart() {
    run(async |house| {
        let scene = scene(house).await;
        scene.window(scene.first).await.saves("Mine.").await;
        let mut app = scene.house.stores.connection(Role::App).await.unwrap();
        let set = format!(
            "set house.practices = '{{{}}}'; set house.person = '{}'",
            scene.cast.elm, scene.cast.ada.person
        );
        app.execute(sqlx::AssertSqlSafe(set)).await.unwrap();

        for (sql, count) in [
            ("select count(*) from chart.note", 1),
            ("select count(*) from chart.note_text", 0),
            ("select count(*) from chart.note_aside", 0),
            ("select count(*) from chart.amendment", 0),
            ("select count(*) from chart.diagnosis", 0),
        ] {
            let seen: i64 = sqlx::query_scalar(sql).fetch_one(&mut app).await.unwrap();
            assert_eq!(seen, count, "{sql}");
        }
        let signed = app.execute(SIGN).await.unwrap_err();
        assert!(signed.to_string().contains("without text"), "{signed}");
    });
}

#[test]
fn a_signed_note_that_lost_its_text_or_its_signer_is_found() {
    for fault in [
        "update chart.note_text set sealed = sealed || '\\x00'",
        "update chart.note_text set letters = 0",
        "delete from chart.note_text",
        "alter table chart.note drop constraint note_is_signed_by_its_author;
         update chart.note set signed_by = note_id",
    ] {
        run_with_faults(async |house| {
            let scene = scene(house).await;
            scene.window(scene.first).await.saves("As signed.").await;
            scene.signs(scene.first).await;
            assert_eq!(scene.house.faults().await, Vec::<String>::new());

            let mut superuser = scene.house.superuser().await;
            superuser.execute("set session_replication_role = replica").await.unwrap();
            superuser.execute(fault).await.unwrap();

            let found = scene.house.faults().await;
            assert!(found.iter().any(|it| it.starts_with("I19")), "{fault}: {found:?}");
        });
    }
}
