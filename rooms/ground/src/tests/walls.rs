//! The walls between practices hold, also against a statement that forgets where it is.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use ids::{ClientId, PersonId, PracticeId, Uuid};
use sqlx::Executor;

use crate::acting::{Acting, Place, Workforce};
use crate::db::{self, Role, Tx};
use crate::testing::{TestHouse, run, run_with_faults};
use crate::web;
use ids::SignInId;

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));
const OAK: PracticeId = PracticeId(Uuid::from_u128(0x0A));
const SAM: ClientId = ClientId(Uuid::from_u128(0x5A));
const KIT: ClientId = ClientId(Uuid::from_u128(0x17));
const ADA: PersonId = PersonId(Uuid::from_u128(0xADA));

/// One table of each kind, with a row of Sam's and one of Kit's in each of two practices.
const TRIAL: &str = "
    create schema trial;
    grant usage on schema trial to trellis_app, trellis_check;
    create table trial.common (
        practice_id uuid not null,
        client_id   uuid not null,
        person_id   uuid not null,
        primary key (practice_id, client_id)
    );
    create table trial.tenant   (like trial.common including all);
    create table trial.client   (like trial.common including all);
    create table trial.clinical (like trial.common including all);
    create table trial.own      (like trial.common including all);
    select house.common('trial.common'), house.tenant('trial.tenant'), house.client('trial.client'),
           house.clinical('trial.clinical'), house.own('trial.own');
    grant select, insert, update, delete on all tables in schema trial to trellis_app;
";

async fn plant(house: &TestHouse) {
    let mut owner = house.stores.connection(Role::Owner).await.unwrap();
    owner.execute(TRIAL).await.unwrap();
    let mut superuser = house.superuser().await;
    for table in ["common", "tenant", "client", "clinical", "own"] {
        for practice in [ELM, OAK] {
            for client in [SAM, KIT] {
                let sql = format!(
                    "insert into trial.{table} values ('{practice}', '{client}', '{client}')"
                );
                superuser.execute(sqlx::AssertSqlSafe(sql)).await.unwrap();
            }
        }
    }
}

async fn seen(tx: &mut Tx, table: &str) -> i64 {
    let sql = sqlx::AssertSqlSafe(format!("select count(*) from trial.{table}"));
    sqlx::query_scalar(sql).fetch_one(&mut **tx).await.unwrap()
}

async fn counts(house: &TestHouse, acting: &Acting) -> [i64; 5] {
    let mut tx = house.house.begin(acting).await.unwrap();
    let mut counts = [0; 5];
    for (count, table) in counts.iter_mut().zip(["common", "tenant", "client", "clinical", "own"]) {
        *count = seen(&mut tx, table).await;
    }
    counts
}

fn ada_of(practice: PracticeId) -> Acting {
    Acting::Workforce(Workforce {
        person: ADA,
        sign_in: SignInId(Uuid::from_u128(1)),
        places: vec![Place { practice, is_operator: false, roles: [policy::Role::Owner].into() }],
        serves: vec![],
    })
}

#[test]
fn each_kind_of_table_shows_each_kind_of_actor_what_it_should() {
    run(async |house| {
        plant(&house).await;
        let (person, sign_in) = (PersonId(SAM.0), SignInId(Uuid::nil()));
        let sam = Acting::Client { person, sign_in, as_client: vec![(ELM, SAM)] };

        // common, tenant, client's, clinical, own
        assert_eq!(counts(&house, &ada_of(ELM)).await, [2, 2, 2, 0, 0], "a clinician");
        assert_eq!(counts(&house, &sam).await, [2, 0, 1, 0, 2], "a client");
        assert_eq!(counts(&house, &Acting::Job { practice: OAK }).await, [2, 2, 2, 0, 0], "a job");
        assert_eq!(counts(&house, &Acting::Visitor { holder: ELM }).await, [0; 5], "a visitor");
        assert_eq!(counts(&house, &Acting::Door).await, [0; 5], "the door");
    });
}

#[test]
fn without_begin_a_connection_sees_nothing() {
    run(async |house| {
        plant(&house).await;
        let mut app = house.stores.connection(Role::App).await.unwrap();

        for table in ["common", "tenant", "client", "clinical", "own"] {
            let sql = sqlx::AssertSqlSafe(format!("select count(*) from trial.{table}"));
            let count: i64 = sqlx::query_scalar(sql).fetch_one(&mut app).await.unwrap();
            assert_eq!(count, 0, "{table}");
        }
    });
}

#[test]
fn a_transaction_leaves_nothing_set_for_the_next_one_of_its_connection() {
    run(async |house| {
        plant(&house).await;
        let pool = house.stores.pool(Role::App, 1).await.unwrap();
        let mut first = pool.begin().await.unwrap();
        let set = format!("set local house.practices = '{{{ELM}}}'");
        first.execute(sqlx::AssertSqlSafe(set)).await.unwrap();
        first.commit().await.unwrap();

        let count: i64 =
            sqlx::query_scalar("select count(*) from trial.tenant").fetch_one(&pool).await.unwrap();

        assert_eq!(count, 0);
        pool.close().await;
    });
}

#[test]
fn nobody_writes_into_another_practice() {
    run(async |house| {
        plant(&house).await;
        let mut tx = house.house.begin(&ada_of(ELM)).await.unwrap();

        let insert = format!("insert into trial.tenant values ('{OAK}', '{ELM}', '{ELM}')");
        let refused = tx.execute(sqlx::AssertSqlSafe(insert)).await.unwrap_err();
        assert!(refused.to_string().contains("row-level security"), "{refused}");
        tx.rollback().await.unwrap();

        let mut tx = house.house.begin(&ada_of(ELM)).await.unwrap();
        let update =
            format!("update trial.tenant set client_id = '{ELM}' where practice_id = '{OAK}'");
        let done = tx.execute(sqlx::AssertSqlSafe(update)).await.unwrap();
        assert_eq!(done.rows_affected(), 0);
    });
}

#[test]
fn the_owner_of_the_tables_sees_no_rows_either() {
    run(async |house| {
        plant(&house).await;
        let mut owner = house.stores.connection(Role::Owner).await.unwrap();

        let count: i64 = sqlx::query_scalar("select count(*) from trial.tenant")
            .fetch_one(&mut owner)
            .await
            .unwrap();

        assert_eq!(count, 0);
    });
}

#[test]
fn a_table_whose_row_security_is_not_forced_is_found() {
    run_with_faults(async |house| {
        plant(&house).await;
        let mut owner = house.stores.connection(Role::Owner).await.unwrap();
        assert_eq!(house.faults().await, Vec::<String>::new());

        owner.execute("alter table trial.tenant no force row level security").await.unwrap();

        let faults = house.faults().await;
        assert!(faults.iter().any(|fault| fault.starts_with("I10")), "{faults:?}");
    });
}

#[test]
fn a_sealed_value_opens_in_its_own_practice_only() {
    run(async |house| {
        let row = Uuid::from_u128(9);
        let column = "ground.letter.sealed";
        let mut tx = house.house.begin(&ada_of(ELM)).await.unwrap();
        let sealed = tx.seal(ELM, column, row, b"words").await.unwrap();
        assert_eq!(tx.open(ELM, column, row, &sealed).await.unwrap().as_slice(), b"words");
        tx.commit().await.unwrap();

        let mut tx = house.house.begin(&ada_of(OAK)).await.unwrap();
        for practice in [ELM, OAK] {
            let refused = tx.open(practice, column, row, &sealed).await.unwrap_err();
            assert!(matches!(refused, db::Error::Broken { .. }), "{refused}");
        }
    });
}

#[test]
fn two_first_values_of_a_practice_at_once_share_one_key() {
    run(async |house| {
        let column = "ground.letter.sealed";
        let mut one = house.house.begin(&ada_of(ELM)).await.unwrap();
        let first = one.seal(ELM, column, Uuid::from_u128(1), b"one").await.unwrap();
        let other = tokio::spawn({
            let house = house.house.clone();
            async move {
                let mut two = house.begin(&ada_of(ELM)).await.unwrap();
                let second = two.seal(ELM, column, Uuid::from_u128(2), b"two").await.unwrap();
                two.commit().await.unwrap();
                second
            }
        });
        one.commit().await.unwrap();
        let second = other.await.unwrap();

        let mut tx = house.house.begin(&ada_of(ELM)).await.unwrap();
        let opened = tx.open(ELM, column, Uuid::from_u128(1), &first).await.unwrap();
        assert_eq!(opened.as_slice(), b"one");
        let opened = tx.open(ELM, column, Uuid::from_u128(2), &second).await.unwrap();
        assert_eq!(opened.as_slice(), b"two");
    });
}

#[test]
fn a_text_that_cannot_be_kept_is_said_to_whoever_sent_it() {
    run(async |house| {
        let mut tx = house.house.begin(&Acting::Door).await.unwrap();
        let kept = sqlx::query("select $1").bind("a\0b").execute(&mut *tx).await;

        let error: db::Error = kept.unwrap_err().into();

        assert!(matches!(error, db::Error::NoText(_)), "{error:?}");
        let answer = web::Error::from(error).into_response();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
    });
}
