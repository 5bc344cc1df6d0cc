//! What the database refuses, whoever writes; and faults that its checks must find.

use ground::Acting;
use ground::db::{self, Role};
use ground::testing::{TestHouse, run, run_with_faults};
use people::cast::{self, Cast};
use sqlx::{AssertSqlSafe, Executor};

use super::{at_elm, cash, charged, sam_owes};
use crate::{bill_of, record_payment};

async fn some_books(house: &TestHouse) -> Cast {
    let cast = cast::everybody(&house.house).await.unwrap();
    let mut tx = at_elm(house, &cast).await;
    let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
    charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
    record_payment(&mut tx, cast.elm, &cash(sam, 1, 5_000)).await.unwrap();
    tx.commit().await.unwrap();
    cast
}

/// An entry without postings, as the role that serves may write it.
const ENTRY: &str = "insert into ledger.entry (practice_id, entry_id, posted_at, posted_on,
        happened_on, belongs_to, rule, cause_kind, cause_id, lines)
    select p.practice_id, '00000000-0000-7000-8000-00000000000e', '2026-02-09', DAY, DAY,
           '2026-02-01', 'write_off', 'decision', p.practice_id, 2
      from people.practice p where p.kind = 'group'";

fn posting(line: u8, account: &str, cents: i64) -> String {
    format!(
        "insert into ledger.posting (practice_id, entry_id, line, account, cents)
         select p.practice_id, '00000000-0000-7000-8000-00000000000e', {line}, '{account}', {cents}
           from people.practice p where p.kind = 'group'"
    )
}

/// Writes an entry as a job of the practice, and says what the database made of it.
async fn written(house: &TestHouse, cast: &Cast, postings: &[String]) -> db::Result<()> {
    let mut tx = at_elm(house, cast).await;
    tx.execute(AssertSqlSafe(ENTRY.replace("DAY", "'2026-02-09'"))).await?;
    for sql in postings {
        tx.execute(AssertSqlSafe(sql.clone())).await?;
    }
    tx.commit().await
}

#[test]
fn the_database_refuses_an_entry_that_does_not_sum_to_zero() {
    run(async |house| {
        let cast = some_books(&house).await;
        let one = |cents| posting(1, "written_off", cents);
        let other = |cents| posting(2, "income", cents);
        let cases: [(&str, Vec<String>, &str); 7] = [
            ("a cent is missing", vec![one(100), other(-99)], "entry_sums_to_zero"),
            ("no postings", vec![], "entry_sums_to_zero"),
            ("a posting is missing", vec![posting(2, "bank", 5)], "entry_sums_to_zero"),
            (
                "one posting more than it says",
                vec![one(100), other(-50), posting(3, "bank", -50)],
                "posting_is_counted",
            ),
            ("a posting of no number", vec![posting(0, "bank", 5)], "posting_is_counted"),
            ("two postings of one number", vec![one(100), one(-100)], "posting_pkey"),
            (
                "memorandum against the books",
                vec![one(100), posting(2, "held", -100)],
                "entry_sums_to_zero",
            ),
        ];
        for (says, postings, constraint) in cases {
            let answer = written(&house, &cast, &postings).await;
            let Err(db::Error::Conflict(name)) = answer else { panic!("{says}: {answer:?}") };
            assert_eq!(name, constraint, "{says}");
        }

        written(&house, &cast, &[one(100), other(-100)]).await.unwrap();

        for more in [posting(3, "bank", 5), posting(2, "bank", 5), posting(0, "bank", 5)] {
            let mut tx = at_elm(&house, &cast).await;
            let answer = tx.execute(AssertSqlSafe(more.clone())).await;
            assert!(answer.is_err(), "nothing is added to an entry later: {more}");
        }
    });
}

#[test]
fn nobody_changes_what_was_posted() {
    run(async |house| {
        let cast = some_books(&house).await;
        for sql in [
            "update ledger.entry set memo = 'x'",
            "update ledger.entry set posted_on = '2026-02-01'",
            "update ledger.posting set cents = cents + 1",
            "delete from ledger.posting",
            "delete from ledger.entry",
            "update ledger.payment set cents = 1",
        ] {
            let mut tx = at_elm(&house, &cast).await;
            assert!(tx.execute(sql).await.is_err(), "{sql}");
        }
        let mut superuser = house.superuser().await;
        for sql in ["update ledger.posting set cents = cents + 1", "truncate ledger.posting"] {
            let answer = superuser.execute(sql).await;
            assert!(answer.unwrap_err().to_string().contains("only added to"), "{sql}");
        }
    });
}

#[test]
fn nothing_is_posted_into_a_closed_month_even_past_the_room() {
    run(async |house| {
        let cast = some_books(&house).await;
        let mut tx = at_elm(&house, &cast).await;
        let february = bookkeeping::Period::of(super::WORK);
        crate::close(&mut tx, cast.elm, february).await.unwrap();

        let late = tx.execute(AssertSqlSafe(ENTRY.replace("DAY", "'2026-02-28'"))).await;

        let Err(db::Error::Conflict(name)) = late.map_err(db::Error::from) else {
            panic!("it was posted")
        };
        assert_eq!(name, "entry_lands_in_an_open_month");
    });
}

/// Faults that nobody here can plant: no trigger runs for a replica.
const FAULTS: [(&str, &str); 7] = [
    ("I01", "update ledger.posting set cents = cents + 1 where account = 'income'"),
    ("I01", "delete from ledger.posting where account = 'money_in'"),
    ("I17", "delete from ledger.payment"),
    ("I24", "update ledger.closed_month set closed_at = '2026-01-01'"),
    (
        "I24",
        "insert into ledger.closed_month (practice_id, month, closed_at)
         select c.practice_id, '2026-05-01', c.closed_at from ledger.closed_month c",
    ),
    ("I25", "update ledger.posting set charge_id = null where account = 'bank'"),
    ("I25", "update ledger.entry set adjusts = entry_id where rule = 'charge'"),
];

#[test]
fn the_invariants_find_each_fault_of_the_books_and_say_in_which_practice() {
    for (invariant, fault) in FAULTS {
        run_with_faults(async |house| {
            let cast = some_books(&house).await;
            let mut tx = at_elm(&house, &cast).await;
            crate::close(&mut tx, cast.elm, bookkeeping::Period::of(super::WORK)).await.unwrap();
            tx.commit().await.unwrap();
            assert!(house.faults().await.is_empty());
            let mut superuser = house.superuser().await;
            let plant = format!("set session_replication_role = replica; {fault}");
            superuser.execute(AssertSqlSafe(plant)).await.unwrap();

            let found = house.faults().await;

            let says = format!("practice {}, ", cast.elm);
            let is_told = |it: &String| it.starts_with(invariant) && it.contains(&says);
            assert!(found.iter().any(is_told), "{fault}: {found:?}");
        });
    }
}

#[test]
fn another_practice_and_another_client_see_nothing_of_the_books() {
    run(async |house| {
        let cast = some_books(&house).await;
        let oak = people::found(&house.house, &cast::oak_lane()).await.unwrap();
        let count =
            "select (select count(*) from ledger.entry) + (select count(*) from ledger.posting)
                          + (select count(*) from ledger.payment)";

        let mut seen = Vec::new();
        for acting in [
            Acting::Job { practice: oak.practice },
            client(cast.elm, ids::ClientId(ids::Uuid::from_u128(5))),
            Acting::Door,
        ] {
            let mut tx = house.house.begin(&acting).await.unwrap();
            seen.push(sqlx::query_scalar::<_, i64>(count).fetch_one(&mut *tx).await.unwrap());
        }
        assert_eq!(seen, [0, 0, 0]);

        let mut tx = house.house.begin(&client(cast.elm, cast.sam.id)).await.unwrap();
        let bill = bill_of(&mut tx, cast.elm, cast.sam.id).await.unwrap();
        assert_eq!((bill.owes.0, bill.lines.len()), (10_000, 1), "a client sees their own");
    });
}

fn client(practice: ids::PracticeId, client: ids::ClientId) -> Acting {
    Acting::Client {
        person: ids::PersonId(ids::Uuid::from_u128(77)),
        sign_in: ids::SignInId(ids::Uuid::nil()),
        as_client: vec![(practice, client)],
    }
}

#[test]
fn the_invariants_are_run_by_a_role_that_reads_all() {
    run(async |house| {
        some_books(&house).await;
        let mut check = house.stores.connection(Role::Check).await.unwrap();
        let count: i64 = sqlx::query_scalar("select count(*) from ledger.posting")
            .fetch_one(&mut check)
            .await
            .unwrap();
        assert_eq!(count, 6);
    });
}
