//! What the database refuses, whoever writes; and faults that its checks must find.

use ground::db::{self, Role};
use ground::testing::run_with_faults;
use sqlx::{AssertSqlSafe, Executor};

use super::{JANUARY, Scene, run};

#[test]
fn nobody_changes_what_was_closed() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        for sql in [
            "update payouts.statement set kept_cents = kept_cents + 1",
            "update payouts.line set cents = cents + 1",
            "update payouts.line_row set cents = 1",
            "update payouts.period set practice_cents = 1",
            "delete from payouts.line_row",
            "delete from payouts.period",
        ] {
            let mut tx = scene.job().await;
            assert!(tx.execute(sql).await.is_err(), "{sql}");
        }
        let mut superuser = scene.house.superuser().await;
        for sql in [
            "update payouts.statement set kept_cents = kept_cents + 1",
            "update payouts.line set how = 'x'",
            "delete from payouts.line_row",
            "truncate payouts.period cascade",
        ] {
            let answer = superuser.execute(sql).await;
            assert!(answer.unwrap_err().to_string().contains("only added to"), "{sql}");
        }
    });
}

#[test]
fn the_database_refuses_what_does_not_add_up() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let line = "insert into payouts.line (practice_id, statement_id, line, part, what, how,
                            clause, source, cents)
             select s.practice_id, s.statement_id, 90, 'split', 'More', 'by hand', 'None.', 'no', CENTS
               from payouts.statement s where s.engagement_id is not null";
        let row =
            "insert into payouts.line_row (practice_id, statement_id, line, kind, row_id, cents)
             select s.practice_id, s.statement_id, 1, 'entry', s.statement_id, 5
               from payouts.statement s where s.engagement_id is not null";
        let another = "insert into payouts.statement (practice_id, statement_id, month, of_whom,
                            clinician_id, collected_cents, kept_cents, lines)
             select s.practice_id, 'c0ffee00-0000-7000-8000-000000000001', s.month, 'practice', null,
                    0, 0, 0
               from payouts.statement s where s.engagement_id is not null";
        let period = "insert into payouts.period (practice_id, month, money_in_cents,
                            clinicians_cents, operator_cents, practice_cents, statements, closed_at)
             select p.practice_id, '2026-02-01', 10, 4, 3, CENTS, 1, p.closed_at
               from payouts.period p";
        let of = |whom: &str, which: &str| {
            let period = period.replace("CENTS", "3");
            format!(
                "{period}; insert into payouts.statement (practice_id, statement_id, month, of_whom,
                            clinician_id, collected_cents, kept_cents, lines)
                 select s.practice_id, gen_random_uuid(), '2026-02-01', '{whom}', s.clinician_id, 10,
                        3, 0
                   from payouts.statement s where {which}"
            )
        };
        for (says, sql, constraint) in [
            ("a line too many", line.replace("CENTS", "5"), "line_is_of_its_statement"),
            ("a line of nothing too many", line.replace("CENTS", "0"), "line_is_of_its_statement"),
            ("a row too many", row.to_owned(), "rows_are_their_line"),
            (
                "statements too many",
                of("clinician", "s.of_whom = 'clinician'"),
                "statement_is_counted",
            ),
            (
                "figures without lines",
                of("practice", "s.of_whom = 'practice'"),
                "statement_adds_up",
            ),
            ("another of the practice", another.to_owned(), "statement_of_a_practice_is_one"),
            (
                "parts that are not the whole",
                period.replace("CENTS", "2"),
                "period_parts_are_the_whole",
            ),
            ("a month without statements", period.replace("CENTS", "3"), "period_is_whole"),
        ] {
            let mut tx = scene.job().await;
            let written = tx.execute(AssertSqlSafe(sql)).await.map_err(db::Error::from);
            let answer = match written {
                Ok(_) => tx.commit().await,
                Err(error) => Err(error),
            };
            let Err(db::Error::Conflict(name)) = answer else { panic!("{says}: {answer:?}") };
            assert_eq!(name, constraint, "{says}");
        }
    });
}

/// A fault that no role can plant, and what the invariants say of it.
fn found(plant: &'static str, invariant: &str) {
    run_with_faults(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let before = scene.house.faults().await;
        assert!(!before.iter().any(|it| it.contains(invariant)), "{before:?}");

        scene.plant(plant).await;

        let found = scene.house.faults().await;
        assert!(found.iter().any(|it| it.contains(invariant)), "{plant}: {found:?}");
    });
}

#[test]
fn the_invariants_find_a_statement_that_does_not_add_up() {
    found("update payouts.line set cents = cents + 1 where part = 'split'", "I11");
}

#[test]
fn the_invariants_find_a_month_whose_parts_are_not_its_statements() {
    found(
        "update payouts.period set clinicians_cents = clinicians_cents + 1,
                practice_cents = practice_cents - 1",
        "I11",
    );
}

#[test]
fn the_invariants_find_a_clinician_with_money_and_no_statement() {
    found(
        "delete from payouts.line_row where statement_id in (
                select s.statement_id from payouts.statement s where s.engagement_id is not null);
         delete from payouts.line where statement_id in (
                select s.statement_id from payouts.statement s where s.engagement_id is not null);
         delete from payouts.statement where engagement_id is not null",
        "I22",
    );
}

#[test]
fn the_invariants_find_a_closed_month_of_open_books() {
    found("delete from ledger.closed_month", "I11");
}

#[test]
fn another_practice_sees_no_statement() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let oak = people::found(&scene.house.house, &people::cast::oak_lane()).await.unwrap();
        let count = "select (select count(*) from payouts.statement) + (select count(*) from payouts.line)
                          + (select count(*) from payouts.period) + (select count(*) from payouts.line_row)";
        for acting in [ground::Acting::Job { practice: oak.practice }, ground::Acting::Door] {
            let mut tx = scene.house.house.begin(&acting).await.unwrap();
            let seen: i64 = sqlx::query_scalar(count).fetch_one(&mut *tx).await.unwrap();
            assert_eq!(seen, 0);
        }
        let mut check = scene.house.stores.connection(Role::Check).await.unwrap();
        let seen: i64 = sqlx::query_scalar(count).fetch_one(&mut check).await.unwrap();
        assert!(0 < seen);
    });
}
