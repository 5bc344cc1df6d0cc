//! Remittances that take back, come twice, or do not fit.

use ground::testing::{run, run_with_faults};
use jiff::civil::date;
use sqlx::Executor;

use super::stage::Stage;
use crate::{Imported, import, send_ready, standin};

async fn take(stage: &Stage, name: &str, bytes: &[u8]) -> Imported {
    let mut tx = stage.begin().await;
    let imported = import(&mut tx, stage.cast.elm, name, bytes).await.unwrap();
    tx.commit().await.unwrap();
    imported
}

async fn deposited(stage: &Stage, trace: &str, cents: i64) {
    let mut tx = stage.begin().await;
    let arrived = ledger::Arrived {
        id: stage.house.house.new_id(),
        from: "LONESTAR".into(),
        way: ledger::Way::Transfer,
        reference: Some(trace.into()),
        cents: money::Cents(cents),
        on: date(2026, 2, 12),
    };
    ledger::record_deposit(&mut tx, stage.cast.elm, &arrived).await.unwrap();
    tx.commit().await.unwrap();
    let listeners = crate::ROOM.listens.to_vec();
    ground::work::Wiring { listeners, jobs: vec![] }.drain(&stage.house.house).await.unwrap();
}

/// One claim of 175.00 that is sent, and the 835 that answers it.
async fn one(stage: &Stage) -> standin::Paid {
    let listeners = crate::ROOM.listens.to_vec();
    ground::events::register(&stage.house.stores, &listeners).await.unwrap();
    stage.insures(stage.cast.sam.id, "LS100200300").await;
    stage.charged(1, 53, "F411").await;
    let mut tx = stage.begin().await;
    let sending = send_ready(&mut tx, stage.cast.elm).await.unwrap();
    let file = sending.file.unwrap();
    let bytes = crate::bytes_of(&mut tx, stage.cast.elm, file).await.unwrap().unwrap();
    tx.commit().await.unwrap();
    let at = date(2026, 2, 10).at(9, 0, 0, 0);
    standin::answer(&bytes, at, date(2026, 2, 11)).unwrap().remittances.remove(0)
}

/// The same 835 with other text in places.
fn with(paid: &standin::Paid, changes: &[(&str, &str)]) -> Vec<u8> {
    let text = String::from_utf8(paid.bytes.clone()).unwrap();
    let changed = changes.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from} is not in\n{text}");
        text.replace(from, to)
    });
    changed.into_bytes()
}

/// The reversal of the claim, and its correction: no copay after all.
fn correction(paid: &standin::Paid) -> Vec<u8> {
    let text = String::from_utf8(paid.bytes.clone()).unwrap();
    let (head, rest) = text.split_once("CLP*").unwrap();
    let (claim, tail) = rest.split_once("SE*").unwrap();
    let undone = claim
        .replace("*1*175*126.05*25*", "*22*-175*-126.05*-25*")
        .replace("*175*126.05**1~", "*-175*-126.05**-1~")
        .replace("CAS*CO*45*23.95~", "CAS*CO*45*-23.95~")
        .replace("CAS*PR*3*25~", "CAS*PR*3*-25~");
    let corrected = claim
        .replace("*1*175*126.05*25*", "*1*175*151.05**")
        .replace("*175*126.05**1~", "*175*151.05**1~")
        .replace("CAS*PR*3*25~\n", "");
    let segments = |part: &str| part.matches('~').count();
    let body = format!("CLP*{undone}CLP*{corrected}");
    let count = segments(&head[head.find("ST*").unwrap()..]) + segments(&body) + 1;
    let tail = tail.split_once('*').unwrap().1;
    format!("{head}{body}SE*{count}*{tail}")
        .replace("BPR*I*126.05*", "BPR*I*25*")
        .replace(&paid.trace, "LSTAR999999")
        .into_bytes()
}

#[test]
fn a_reversal_takes_back_to_the_cent_and_its_correction_is_posted() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let paid = one(&stage).await;
        take(&stage, "835", &paid.bytes).await;
        deposited(&stage, &paid.trace, 12_605).await;

        let imported = take(&stage, "correction", &correction(&paid)).await;
        assert_eq!(stage.open().await, Vec::<String>::new(), "{imported:?}");
        deposited(&stage, "LSTAR999999", 2_500).await;

        // 126.05 came and went back, 151.05 came: 151.05 in the bank, and the copay is nobody's.
        let books = [
            ("bank".to_owned(), 15_105),
            ("contractual".into(), 2_395),
            ("income".into(), -17_500),
        ];
        assert_eq!(stage.books().await, books);
        let undone = "select count(*) from billing.client_share where is_undone";
        assert_eq!(stage.number(undone).await, 1);
    });
}

#[test]
fn a_reversal_of_what_is_not_in_the_books_is_held_whole() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let paid = one(&stage).await;

        take(&stage, "correction", &correction(&paid)).await;

        assert_eq!(stage.open().await, ["held"]);
        let books = [("income".to_owned(), -17_500), ("payer_receivable".into(), 17_500)];
        assert_eq!(stage.books().await, books);
    });
}

#[test]
fn what_does_not_balance_or_is_not_ours_is_held_with_its_reason() {
    type Case<'a> = (&'a str, &'a [(&'a str, &'a str)], &'a str);
    let cases: [Case<'_>; 5] = [
        ("a line", &[("CAS*CO*45*23.95~", "CAS*CO*45*23.94~")], "175.00"),
        ("the whole", &[("BPR*I*126.05*", "BPR*I*126.06*")], "126.06"),
        ("a test", &[("*0*P*:~", "*0*T*:~")], "a test never posts money"),
        (
            "another payee",
            &[("XX*1234567802", "XX*1112223338"), ("TJ*910000011", "TJ*910000012")],
            "bills as 1234567802",
        ),
        (
            "taken out",
            &[
                ("BPR*I*126.05*", "BPR*I*100*"),
                ("SE*", "PLB*1234567802*20261231*WO:X1*26.05~\nSE*"),
            ],
            "overpaid",
        ),
    ];
    for (says, changes, why) in cases {
        run(async |house| {
            let stage = Stage::set(&house).await;
            let paid = one(&stage).await;

            take(&stage, "835", &with(&paid, changes)).await;

            assert_eq!(stage.open().await, ["held"], "{says}");
            let said: String = sqlx::query_scalar("select why from billing.exception")
                .fetch_one(&mut house.superuser().await)
                .await
                .unwrap();
            assert!(said.contains(why), "{says}: {said}");
            assert_eq!(stage.number("select count(*) from ledger.entry").await, 1, "{says}");
        });
    }
}

#[test]
fn the_same_payment_in_another_envelope_posts_once() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let paid = one(&stage).await;
        take(&stage, "835", &paid.bytes).await;

        let again = with(&paid, &[("CLEARHOUSE", "HOUSECLEAR")]);
        let Imported::Now { remittances, .. } = take(&stage, "again", &again).await else {
            panic!("another file was expected")
        };

        assert!(remittances.is_empty());
        assert_eq!(stage.open().await, ["twice"]);
        assert_eq!(stage.number("select count(*) from billing.remittance").await, 1);
        let contract = stage.books().await.into_iter().find(|(name, _)| name == "contractual");
        assert_eq!(contract, Some(("contractual".into(), 2_395)));
    });
}

#[test]
fn a_second_answer_to_a_claim_is_put_aside_and_its_money_waits() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let paid = one(&stage).await;
        take(&stage, "835", &paid.bytes).await;
        deposited(&stage, &paid.trace, 12_605).await;

        take(&stage, "835b", &with(&paid, &[(&paid.trace, "LSTAR000777")])).await;
        deposited(&stage, "LSTAR000777", 12_605).await;

        assert_eq!(stage.open().await, ["odd"]);
        let waits = stage.books().await.into_iter().find(|(name, _)| name == "payer_unapplied");
        assert_eq!(waits, Some(("payer_unapplied".into(), -12_605)));
    });
}

#[test]
fn interest_for_paying_late_is_income() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let paid = one(&stage).await;
        let late = with(
            &paid,
            &[
                ("BPR*I*126.05*", "BPR*I*127.05*"),
                ("SE*20*", "PLB*1234567802*20261231*L6:INT*-1~\nSE*21*"),
            ],
        );

        take(&stage, "835", &late).await;
        assert_eq!(stage.open().await, Vec::<String>::new());
        deposited(&stage, &paid.trace, 12_705).await;

        let interest = stage.books().await.into_iter().find(|(name, _)| name == "interest");
        assert_eq!(interest, Some(("interest".into(), -100)));
    });
}

#[test]
fn without_who_bills_no_file_is_taken_in() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        house.superuser().await.execute("delete from billing.biller").await.unwrap();

        let imported = take(&stage, "835", b"ISA").await;

        assert!(matches!(imported, Imported::NotYet(_)), "{imported:?}");
        assert_eq!(stage.number("select count(*) from billing.file").await, 0);
    });
}

#[test]
fn the_invariants_find_money_that_was_posted_twice_or_moved() {
    for (invariant, plant) in [
        ("I03", "update billing.remittance set cents = cents + 1"),
        (
            "I03",
            "delete from ledger.posting where entry_id in (
                     select e.entry_id from ledger.entry e where e.rule = 'payer_payment');
                 delete from ledger.entry where rule = 'payer_payment'",
        ),
        ("I04", "update billing.client_share set cents = cents + 1"),
    ] {
        run_with_faults(async |house| {
            let stage = Stage::set(&house).await;
            let paid = one(&stage).await;
            take(&stage, "835", &paid.bytes).await;
            deposited(&stage, &paid.trace, 12_605).await;
            assert_eq!(house.faults().await, Vec::<String>::new());
            let mut superuser = house.superuser().await;
            superuser.execute("set session_replication_role = replica").await.unwrap();

            superuser.execute(plant).await.unwrap();

            let found = house.faults().await;
            assert!(found.iter().any(|it| it.contains(invariant)), "{plant}: {found:?}");
        });
    }
}
