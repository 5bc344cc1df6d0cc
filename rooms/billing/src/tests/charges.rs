//! A charge is born from a signed note alone, once, and not without a fee.

use chart::NoteSigned;
use ground::events;
use ground::testing::{run, run_with_faults};
use ground::work::Wiring;
use ids::{AppointmentId, Uuid};
use money::Cents;
use sqlx::Executor;
use terms::Fee;

use super::stage::{Stage, WORK};
use crate::{Born, make};

#[test]
fn a_signed_note_is_one_charge_to_whoever_pays_themselves() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let work = stage.signed(1, 53, "F41.1").await;

        let Born::Now(charge) = stage.taken(&work).await else { panic!("no charge") };
        assert_eq!(stage.taken(&work).await, Born::Before(charge), "told twice");

        // 53 minutes are 90837, which costs 175.00.
        let mut tx = stage.begin().await;
        let all = crate::charges(&mut tx, stage.cast.elm).await.unwrap();
        assert_eq!((all.len(), all[0].cpt.as_str(), all[0].cents), (1, "90837", Cents(17_500)));
        assert_eq!((all[0].service_on, all[0].pos.as_str()), (WORK, "11"));
        let books = [("client_receivable".into(), 17_500), ("income".into(), -17_500)];
        assert_eq!(stage.books().await, books);
        assert_eq!(stage.number("select count(*) from billing.claim").await, 0);
        let told = "select count(*) from ground.event where kind = 'billing.charge_made'";
        assert_eq!(stage.number(told).await, 1);
    });
}

#[test]
fn the_charts_word_that_a_note_is_signed_is_taken_up() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let listeners = crate::ROOM.listens.to_vec();
        events::register(&house.stores, &listeners).await.unwrap();
        let work = stage.signed(1, 45, "F411").await;
        // The chart looks for the session too, which these notes have not.
        house.superuser().await.execute(SESSION).await.unwrap();
        let told = NoteSigned {
            note: work.note,
            session: work.session,
            appointment: AppointmentId(Uuid::from_u128(9)),
            client: work.client,
            clinician: work.clinician,
            started_at: work.began_at,
            ended_at: work.ended_at,
            minutes: 45,
            place: "office".into(),
        };
        for _ in 0..2 {
            let mut tx = stage.begin().await;
            events::tell(&mut tx, stage.cast.elm, &told).await.unwrap();
            tx.commit().await.unwrap();
        }

        let wiring = Wiring { listeners, jobs: vec![] };
        wiring.drain(&house.house).await.unwrap();

        let sql = "select count(*) from billing.charge where cpt = '90834' and cents = 13500";
        assert_eq!(stage.number(sql).await, 1);
        assert_eq!(
            stage.number("select count(*) from ground.delivery where dead_at is not null").await,
            0
        );
        house.superuser().await.execute(NO_SESSION).await.unwrap();
    });
}

/// The session of the notes of these tests, as far as the chart looks at it.
const SESSION: &str = "set session_replication_role = replica;
    insert into session.session (practice_id, session_id, appointment_id, client_id, clinician_id,
                                 place, began_at, ended_at)
    select n.practice_id, n.note_id, n.note_id, n.client_id, n.clinician_id, n.place, n.began_at,
           n.ended_at
      from chart.note n";
const NO_SESSION: &str = "set session_replication_role = replica; delete from session.session";

#[test]
fn without_a_fee_there_is_no_charge_until_the_owner_sets_one() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let unset = "set session_replication_role = replica;
            delete from terms.fee where cpt = '90832'";
        house.superuser().await.execute(unset).await.unwrap();

        assert_eq!(stage.charged(1, 20, "F411").await, Born::Waits);
        assert_eq!(stage.open().await, ["no_fee"]);
        assert_eq!(stage.number("select count(*) from ledger.entry").await, 0, "and no zero");

        let mut tx = stage.begin().await;
        let fee = Fee { payer: None, cpt: "90832".into(), from_date: WORK, cents: Cents(9_000) };
        terms::set_fee(&mut tx, stage.cast.elm, &fee).await.unwrap();
        let note = stage.signed(2, 20, "F411").await.note;
        assert!(make(&mut tx, stage.cast.elm, note).await.is_err(), "it was never told");
        let first = super::super::charge::queries::work;
        let told = ids::NoteId(Uuid::from_u128(note.0.as_u128() - 1));
        assert!(first(&mut tx, stage.cast.elm, told).await.unwrap().is_some());
        let born = make(&mut tx, stage.cast.elm, told).await.unwrap();
        tx.commit().await.unwrap();

        assert!(matches!(born, Born::Now(_)), "{born:?}");
        assert_eq!(stage.open().await, Vec::<String>::new(), "settled by itself");
    });
}

#[test]
fn what_is_too_short_for_a_code_waits_with_its_reason() {
    run(async |house| {
        let stage = Stage::set(&house).await;

        assert_eq!(stage.charged(1, 15, "F411").await, Born::Waits);

        assert_eq!(stage.open().await, ["no_code"]);
        let why: String = sqlx::query_scalar("select why from billing.exception")
            .fetch_one(&mut house.superuser().await)
            .await
            .unwrap();
        assert!(why.contains("15 minutes") && why.contains("16"), "{why}");
    });
}

#[test]
fn without_a_right_to_bill_there_is_no_claim_and_no_charge() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.insures(stage.cast.sam.id, "LS100200300").await;
        let ben = (stage.cast.ben_treats.id, stage.cast.ben.person);
        let work = stage.signed_by(1, ben, (WORK, 53), "F411").await;

        assert_eq!(stage.taken(&work).await, Born::Waits);

        assert_eq!(stage.open().await, ["no_right"]);
        assert_eq!(stage.number("select count(*) from billing.claim").await, 0);
        assert_eq!(stage.number("select count(*) from billing.charge").await, 0);
    });
}

#[test]
fn money_paid_ahead_pays_the_next_charge() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let mut tx = stage.begin().await;
        let ahead = ledger::Arrived {
            id: Uuid::from_u128(3),
            from: stage.cast.sam.id,
            way: ledger::Way::Cash,
            reference: None,
            cents: Cents(10_000),
            on: WORK,
        };
        ledger::record_payment(&mut tx, stage.cast.elm, &ahead).await.unwrap();
        tx.commit().await.unwrap();

        stage.charged(1, 53, "F411").await;

        let mut tx = stage.begin().await;
        let bill = ledger::bill_of(&mut tx, stage.cast.elm, stage.cast.sam.id).await.unwrap();
        assert_eq!((bill.owes, bill.waiting), (Cents(7_500), Cents(0)));
    });
}

#[test]
fn the_database_takes_no_charge_of_a_note_that_nobody_told() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let work = stage.signed(1, 53, "F411").await;
        let mut tx = stage.begin().await;

        let said = sqlx::query(
            "insert into billing.charge (practice_id, charge_id, number, note_id, client_id,
                                         clinician_id, service_on, cpt, units, modifiers, pos,
                                         cents, made_at)
             values ($1, $2, 1, $2, $3, $4, '2026-02-03', '90837', 1, '{}', '11', 100, '2026-02-03')",
        )
        .bind(stage.cast.elm.0)
        .bind(work.note.0)
        .bind(work.client.0)
        .bind(work.clinician.0)
        .execute(&mut *tx)
        .await;

        let said = ground::db::Error::from(said.unwrap_err()).to_string();
        assert!(said.contains("charge_practice_id_note_id_fkey"), "{said}");
    });
}

#[test]
fn the_invariants_find_each_fault_that_is_planted() {
    for (invariant, plant) in [
        ("I06", "update billing.charge set clinician_id = client_id"),
        ("I06", "update billing.claim set payer_code = 'NOBODY'"),
        ("I02", "update billing.charge set cents = cents + 1"),
        ("I02", "delete from billing.claim; delete from billing.charge where number = 1002"),
    ] {
        run_with_faults(async |house| {
            let stage = Stage::set(&house).await;
            stage.insures(stage.cast.sam.id, "LS100200300").await;
            stage.charged(1, 53, "F411").await;
            stage.charged(2, 53, "F411").await;
            assert_eq!(house.faults().await, Vec::<String>::new());
            let mut superuser = house.superuser().await;
            superuser.execute("set session_replication_role = replica").await.unwrap();

            superuser.execute(plant).await.unwrap();

            let found = house.faults().await;
            assert!(found.iter().any(|it| it.contains(invariant)), "{plant}: {found:?}");
        });
    }
}
