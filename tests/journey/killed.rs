//! `kill -9` at the worst moment: what was acknowledged is there, and no letter becomes two.

use std::future::Future;

use ground::acting::Acting;
use ground::clock::Clock;
use ground::db::{Role, Stores};
use ground::keys::RootKey;
use ground::mail::{self, Letter, Mailer, Reach};
use ground::policy::Charter;
use ground::web::Proxies;
use ground::{House, Parts, invariants};
use ids::{PracticeId, Uuid};
use sqlx::Executor;

use super::program::{Data, Program, kill_9};
use super::smtp::{Smtp, message_id};

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));

fn wait_for<T>(story: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap().block_on(story)
}

/// Writes rows one by one until the database goes away; gives those that were acknowledged.
async fn write_until_it_breaks(stores: &Stores, from: u128, after_100: impl FnOnce()) -> Vec<Uuid> {
    let mut app = stores.connection(Role::App).await.unwrap();
    let mut acknowledged = Vec::new();
    let mut after_100 = Some(after_100);
    for number in from.. {
        let id = Uuid::from_u128(number);
        let insert = sqlx::query(
            "insert into ground.job (practice_id, id, kind, subject, once_key, due_at)
             values ($1, $2, 'trial.nothing', $2, $3, '2026-01-01Z')",
        );
        let insert = insert.bind(ELM.0).bind(id).bind(id.to_string());
        match insert.execute(&mut app).await {
            Ok(_) => acknowledged.push(id),
            Err(_) => return acknowledged,
        }
        if acknowledged.len() == 100 {
            after_100.take().unwrap()();
        }
    }
    unreachable!("the database was killed")
}

/// Waits until the database answers again.
async fn connection(stores: &Stores, role: Role) -> sqlx::PgConnection {
    loop {
        match stores.connection(role).await {
            Ok(conn) => return conn,
            Err(_) => tokio::task::yield_now().await,
        }
    }
}

async fn lost(stores: &Stores, acknowledged: &[Uuid]) -> usize {
    let mut check = connection(stores, Role::Check).await;
    let faults = invariants::run(&mut check).await.unwrap();
    assert!(faults.is_empty(), "{faults:?}");
    let there: i64 = sqlx::query_scalar("select count(*) from ground.job where id = any ($1)")
        .bind(acknowledged)
        .fetch_one(&mut check)
        .await
        .unwrap();
    acknowledged.len() - usize::try_from(there).unwrap()
}

#[test]
fn what_was_acknowledged_survives_a_kill_of_the_program() {
    wait_for(async {
        let data = Data::new();
        let serve = Program::start(&data, &["serve", "--no-worker"], &[]);
        let pid = serve.pid();

        let acknowledged = write_until_it_breaks(&data.stores(), 1, || kill_9(pid)).await;
        serve.wait();
        let _again = Program::start(&data, &["serve", "--no-worker"], &[]);

        assert!(100 <= acknowledged.len());
        assert_eq!(lost(&data.stores(), &acknowledged).await, 0);
    });
}

#[test]
fn what_was_acknowledged_survives_a_kill_of_postgresql_and_the_program_starts_it_again() {
    wait_for(async {
        let data = Data::new();
        let _serve = Program::start(&data, &["serve", "--no-worker"], &[]);
        let postgres = data.postgres();

        let acknowledged = write_until_it_breaks(&data.stores(), 1, || kill_9(postgres)).await;

        assert!(100 <= acknowledged.len());
        assert_eq!(lost(&data.stores(), &acknowledged).await, 0);
        assert_ne!(data.postgres(), postgres);
    });
}

#[test]
fn what_was_acknowledged_survives_a_kill_of_both() {
    wait_for(async {
        let data = Data::new();
        let serve = Program::start(&data, &["serve", "--no-worker"], &[]);
        let (program, postgres) = (serve.pid(), data.postgres());

        let kill_both = || {
            kill_9(program);
            kill_9(postgres);
        };
        let acknowledged = write_until_it_breaks(&data.stores(), 1, kill_both).await;
        serve.wait();
        let _again = Program::start(&data, &["serve", "--no-worker"], &[]);

        assert!(100 <= acknowledged.len());
        assert_eq!(lost(&data.stores(), &acknowledged).await, 0);
    });
}

#[test]
fn a_second_program_on_the_same_folder_is_refused_with_a_sentence() {
    let data = Data::new();
    let _serve = Program::start(&data, &["serve", "--no-worker"], &[]);

    let said = Program::refusal(&data, &["serve"]);

    assert!(said.contains("another Trellis is running"), "{said}");
    assert!(said.contains("TRELLIS_DATA"), "{said}");
}

/// A house beside the running program, to do what a room would.
pub async fn beside(data: &Data) -> House {
    House::new(Parts {
        pool: data.stores().serving().await.unwrap(),
        clock: Clock::running(),
        seed: None,
        root_key: RootKey::open(&data.0.join("keys")).unwrap(),
        origin: "http://localhost".into(),
        mailer: Some(Mailer::Page),
        proxies: Proxies::default(),
        charter: Charter::load().unwrap(),
    })
}

#[test]
fn a_worker_killed_between_sending_a_letter_and_noting_it_sends_the_same_letter_again() {
    wait_for(async {
        let data = Data::new();
        let _serve = Program::start(&data, &["serve", "--no-worker"], &[]);
        let house = beside(&data).await;
        let reach = Reach::agreed("sam@example.org", None, "appointments").unwrap();
        let letter = Letter { subject: "Your appointment".into(), body: "Tuesday, 3 PM".into() };
        let mut tx = house.begin(&Acting::Job { practice: ELM }).await.unwrap();
        mail::write(&mut tx, ELM, &reach, &letter).await.unwrap();
        tx.commit().await.unwrap();

        let smtp = Smtp::listen().await;
        let url = smtp.url();
        let settings = [("TRELLIS_SMTP_URL", url.as_str())];
        let worker = Program::start(&data, &["worker"], &settings);
        let pid = worker.pid();
        let first = smtp.take(|| kill_9(pid)).await;
        worker.wait();
        assert_eq!(sent(&data).await, (false, 1), "taken by the mail server, noted by nobody");

        // The lease of the dead worker runs out.
        let mut app = data.stores().connection(Role::App).await.unwrap();
        app.execute("update ground.job set leased_until = '2000-01-01Z'").await.unwrap();
        let _worker = Program::start(&data, &["worker"], &settings);
        let second = smtp.take(|| ()).await;

        assert_eq!(message_id(&first), message_id(&second));
        while sent(&data).await != (true, 2) {
            tokio::task::yield_now().await;
        }
    });
}

/// Whether the one letter counts as sent, and how often it was tried.
async fn sent(data: &Data) -> (bool, i32) {
    let mut check = data.stores().connection(Role::Check).await.unwrap();
    sqlx::query_as(
        "select l.sent_at is not null and j.done_at is not null, j.tries
           from ground.letter l
           join ground.job j on j.subject = l.id",
    )
    .fetch_one(&mut check)
    .await
    .unwrap()
}
