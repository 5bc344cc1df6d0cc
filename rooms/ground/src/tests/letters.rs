//! Letters: sealed at rest, sent by a job, with words that nobody finds in the database.

use ids::{PracticeId, Uuid};
use sqlx::Executor;

use crate::acting::Acting;
use crate::mail::{self, Letter, Reach};
use crate::testing::{run, run_with_faults};
use crate::work::Wiring;

const ELM: PracticeId = PracticeId(Uuid::from_u128(0xE1));

fn letter() -> Letter {
    Letter { subject: "Your appointment on Tuesday".into(), body: "canary 7d1f at 3 PM".into() }
}

#[test]
fn a_letter_is_sealed_and_sent_once() {
    run(async |house| {
        let reach = Reach::agreed("sam@example.org", None, "appointments").unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: ELM }).await.unwrap();
        mail::write(&mut tx, ELM, &reach, &letter()).await.unwrap();
        tx.commit().await.unwrap();

        let wiring = Wiring { listeners: vec![], jobs: vec![mail::SEND] };
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 1);
        assert_eq!(wiring.drain(&house.house).await.unwrap(), 0);

        let mut superuser = house.superuser().await;
        let (sent, clear): (bool, bool) = sqlx::query_as(
            "select sent_at is not null, position('canary'::bytea in sealed) <> 0 from ground.letter",
        )
        .fetch_one(&mut superuser)
        .await
        .unwrap();
        assert!(sent && !clear);
    });
}

#[test]
fn what_is_no_address_reaches_nobody() {
    for address in ["", "sam", "sam@", "sam@example.org\r\nBcc: all@example.org", "a b@c.d"] {
        assert_eq!(Reach::agreed(address, None, "appointments"), None, "{address:?}");
    }
}

#[test]
fn a_letter_said_to_be_sent_by_nobody_is_found() {
    run_with_faults(async |house| {
        let reach = Reach::agreed("sam@example.org", None, "appointments").unwrap();
        let mut tx = house.house.begin(&Acting::Job { practice: ELM }).await.unwrap();
        mail::write(&mut tx, ELM, &reach, &letter()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(house.faults().await, Vec::<String>::new());

        let sql = "update ground.letter set sent_at = '2026-01-01Z'";
        house.superuser().await.execute(sql).await.unwrap();

        assert!(house.faults().await.iter().any(|fault| fault.starts_with("I16")));
    });
}
