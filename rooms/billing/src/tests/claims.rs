//! Claims go out as the guide has them, and what comes back is taken up.

use std::path::PathBuf;

use ground::testing::run;
use ids::Uuid;
use jiff::civil::date;
use money::Cents;

use super::stage::Stage;
use crate::{Imported, bytes_of, import, outgoing, send_ready, standin};

/// The one file that waits for an answer.
async fn sent(stage: &Stage) -> Vec<u8> {
    let mut tx = stage.begin().await;
    let files = outgoing(&mut tx, stage.cast.elm).await.unwrap();
    assert_eq!(files.len(), 1, "{files:?}");
    bytes_of(&mut tx, stage.cast.elm, files[0].0).await.unwrap().unwrap()
}

async fn send(stage: &Stage) -> crate::Sending {
    let mut tx = stage.begin().await;
    let sending = send_ready(&mut tx, stage.cast.elm).await.unwrap();
    tx.commit().await.unwrap();
    sending
}

async fn take(stage: &Stage, name: &str, bytes: &[u8]) -> Imported {
    let mut tx = stage.begin().await;
    let imported = import(&mut tx, stage.cast.elm, name, bytes).await.unwrap();
    tx.commit().await.unwrap();
    imported
}

async fn deposit(stage: &Stage, paid: &standin::Paid, id: u128) {
    let mut tx = stage.begin().await;
    let arrived = ledger::Arrived {
        id: Uuid::from_u128(id),
        from: "LONESTAR".into(),
        way: ledger::Way::Transfer,
        reference: Some(paid.trace.clone()),
        cents: Cents(paid.cents),
        on: date(2026, 2, 12),
    };
    assert!(ledger::record_deposit(&mut tx, stage.cast.elm, &arrived).await.unwrap());
    tx.commit().await.unwrap();
    let listeners = crate::ROOM.listens.to_vec();
    let wiring = ground::work::Wiring { listeners, jobs: vec![] };
    wiring.drain(&stage.house.house).await.unwrap();
}

/// Three claims of Sam's: a long visit, a shorter one, and one about no illness.
async fn three(stage: &Stage) {
    let listeners = crate::ROOM.listens.to_vec();
    ground::events::register(&stage.house.stores, &listeners).await.unwrap();
    stage.insures(stage.cast.sam.id, "LS100200300").await;
    for (number, minutes, code) in [(1, 53, "F41.1"), (2, 45, "F43.10"), (3, 45, "Z63.0")] {
        stage.charged(number, minutes, code).await;
    }
}

/// The program that judges claims by the guide; `script/test` installs it.
#[allow(clippy::disallowed_methods, reason = "the test's own tool, in the folder of tools")]
fn pyx12(bytes: &[u8]) -> (bool, String) {
    let cache = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = || PathBuf::from(std::env::var_os("HOME").unwrap()).join(".cache");
    let tool = cache.unwrap_or_else(home).join("trellis/tools/pyx12/bin/x12valid");
    assert!(tool.exists(), "{}: `script/test` installs it", tool.display());
    let file = std::env::temp_dir().join(format!("trellis-claims-{}.x12", std::process::id()));
    std::fs::write(&file, bytes).unwrap();
    let said = std::process::Command::new(tool).arg(&file).output().unwrap();
    // It ends with 1 whatever it found; what it says is its answer.
    let text = [said.stdout, said.stderr].concat();
    std::fs::remove_file(&file).unwrap();
    let says = String::from_utf8_lossy(&text).into_owned();
    (says.contains(": OK"), says)
}

#[test]
fn claims_that_go_out_are_accepted_by_another_reader_of_the_guide() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        three(&stage).await;

        let sending = send(&stage).await;

        assert_eq!((sending.sent, sending.kept_back), (3, 0), "{:?}", stage.open().await);
        assert_eq!(stage.states().await, ["sent", "sent", "sent"]);
        let bytes = sent(&stage).await;
        let text = String::from_utf8(bytes.clone()).unwrap();
        for part in
            ["CLM*ESP1001*175*", "HI*ABK:F4310~", "NM1*IL*1*WHITFIELD*SAM****MI*LS100200300~"]
        {
            assert!(text.contains(part), "{part} is not in\n{text}");
        }
        let (accepted, says) = pyx12(&bytes);
        assert!(accepted, "{says}\n{text}");
        let (accepted, _) = pyx12(text.replace("*175*", "*17X*").as_bytes());
        assert!(!accepted, "what is wrong is found");

        assert_eq!(send(&stage).await.file, None, "nothing is sent twice");
    });
}

#[test]
fn a_claim_that_lacks_something_stays_here_and_says_what() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.insures(stage.cast.sam.id, "LS100200300").await;
        stage.charged(1, 53, "F411").await;
        let mut tx = stage.begin().await;
        sqlx::query("update people.clinician set npi = null").execute(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();

        let sending = send(&stage).await;

        assert_eq!((sending.file, sending.kept_back), (None, 1));
        assert_eq!(
            (stage.states().await, stage.open().await),
            (vec!["ready".into()], vec!["not_ready".into()])
        );
    });
}

#[test]
fn from_claims_to_money_to_the_cent() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        three(&stage).await;
        send(&stage).await;
        let at = date(2026, 2, 10).at(9, 0, 0, 0);
        let answers = standin::answer(&sent(&stage).await, at, date(2026, 2, 11)).unwrap();
        assert_eq!(
            answers,
            standin::answer(&sent(&stage).await, at, date(2026, 2, 11)).unwrap(),
            "the same file has the same answers"
        );

        take(&stage, "999", &answers.ack_999).await;
        assert_eq!(
            stage.states().await,
            ["sent", "sent", "sent"],
            "a syntax check decides nothing"
        );
        take(&stage, "277", &answers.ack_277ca).await;
        assert_eq!(stage.states().await, ["accepted", "accepted", "accepted"]);
        let paid = &answers.remittances[0];
        take(&stage, "835", &paid.bytes).await;

        // 90837: 175.00 charged, 151.05 allowed, copay 25.00, 126.05 to be paid.
        // 90834: 135.00 charged, 102.80 allowed, copay 25.00,  77.80 to be paid.
        // 90834 for no illness: denied, 135.00 stay open.
        assert_eq!(paid.cents, 12_605 + 7_780);
        assert_eq!(stage.states().await, ["paid", "paid", "denied"]);
        assert_eq!(stage.open().await, ["denied"]);
        let decided = [
            ("client_receivable".to_owned(), 5_000),
            ("contractual".into(), 2_395 + 3_220),
            ("income".into(), -44_500),
            ("payer_receivable".into(), 12_605 + 7_780 + 13_500),
        ];
        assert_eq!(stage.books().await, decided, "no money is here yet");

        deposit(&stage, paid, 77).await;

        let posted = [
            ("bank".to_owned(), 20_385),
            ("client_receivable".into(), 5_000),
            ("contractual".into(), 5_615),
            ("income".into(), -44_500),
            ("payer_receivable".into(), 13_500),
        ];
        assert_eq!(stage.books().await, posted);
        let told = "select count(*) from ground.event where kind = 'billing.claim_paid'";
        assert_eq!(stage.number(told).await, 2);
        for (name, bytes) in
            [("999", &answers.ack_999), ("277", &answers.ack_277ca), ("835", &paid.bytes)]
        {
            let again = take(&stage, name, bytes).await;
            assert!(matches!(again, Imported::Before(_)), "{again:?}");
        }
        assert_eq!(stage.books().await, posted, "twice changes nothing");
    });
}

#[test]
fn a_deposit_may_come_before_its_remittance() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        three(&stage).await;
        send(&stage).await;
        let at = date(2026, 2, 10).at(9, 0, 0, 0);
        let answers = standin::answer(&sent(&stage).await, at, date(2026, 2, 11)).unwrap();
        let paid = &answers.remittances[0];

        deposit(&stage, paid, 77).await;
        assert_eq!(stage.open().await, ["deposit_alone"]);
        take(&stage, "835", &paid.bytes).await;

        assert_eq!(stage.open().await, ["denied"], "the deposit found its remittance");
        let bank = stage.books().await.into_iter().find(|(name, _)| name == "bank");
        assert_eq!(bank, Some(("bank".into(), 20_385)));
        assert!(stage.books().await.iter().all(|(name, _)| name != "payer_unapplied"));
    });
}

#[test]
fn a_deposit_of_another_amount_waits_for_a_person() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        three(&stage).await;
        send(&stage).await;
        let at = date(2026, 2, 10).at(9, 0, 0, 0);
        let answers = standin::answer(&sent(&stage).await, at, date(2026, 2, 11)).unwrap();
        let paid = &answers.remittances[0];
        take(&stage, "835", &paid.bytes).await;

        let short = standin::Paid { cents: paid.cents - 1, ..paid.clone() };
        deposit(&stage, &short, 77).await;

        assert_eq!(stage.open().await, ["denied", "deposit_differs"]);
        let waits = stage.books().await.into_iter().find(|(name, _)| name == "payer_unapplied");
        assert_eq!(waits, Some(("payer_unapplied".into(), -20_384)));
    });
}

#[test]
fn a_rejected_claim_counts_as_never_sent_and_goes_again_under_its_number() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.insures(stage.cast.sam.id, "NOBODYX").await;
        stage.charged(1, 53, "F411").await;
        send(&stage).await;
        let at = date(2026, 2, 10).at(9, 0, 0, 0);
        let answers = standin::answer(&sent(&stage).await, at, date(2026, 2, 11)).unwrap();
        assert!(answers.remittances.is_empty(), "what is not received is not decided");

        take(&stage, "277", &answers.ack_277ca).await;
        assert_eq!(
            (stage.states().await, stage.open().await),
            (vec!["rejected".into()], vec!["rejected".into()])
        );
        let why: String = sqlx::query_scalar("select why from billing.exception")
            .fetch_one(&mut house.superuser().await)
            .await
            .unwrap();
        assert!(why.contains("member number") && why.contains("subscriber"), "{why}");

        stage.insures(stage.cast.sam.id, "LS100200301").await;
        let mut tx = stage.begin().await;
        let all = crate::charges(&mut tx, stage.cast.elm).await.unwrap();
        let claim = crate::claim_of(&mut tx, stage.cast.elm, all[0].id).await.unwrap().unwrap();
        let sending = crate::claim::send(&mut tx, stage.cast.elm, &[claim]).await.unwrap();
        tx.commit().await.unwrap();

        assert_eq!((sending.sent, stage.open().await), (1, vec![]), "and its exception is settled");
        let text = String::from_utf8(sent(&stage).await).unwrap();
        assert!(text.contains("CLM*ESP1001*") && text.contains(":B:1*"), "{text}");
    });
}

#[test]
fn a_child_on_a_parents_policy_stands_below_it() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        stage.insures(stage.cast.sam.id, "LS100200300").await;
        let mut tx = stage.begin().await;
        sqlx::query(
            "insert into intake.coverage (practice_id, client_id, since, payer_code, member_sealed,
                                          relation, holder_first, holder_last, holder_born_on,
                                          group_number)
             select v.practice_id, v.client_id, v.since + interval '1 second', v.payer_code,
                    v.member_sealed, 'child', 'Zoë', 'Whitfield', '1961-01-02', 'G-77'
               from intake.coverage v",
        )
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        stage.charged(1, 53, "F411").await;

        assert_eq!(send(&stage).await.sent, 1, "{:?}", stage.open().await);

        let bytes = sent(&stage).await;
        let text = String::from_utf8(bytes.clone()).unwrap();
        assert!(text.contains("NM1*IL*1*WHITFIELD*ZOE") && text.contains("PAT*19~"), "{text}");
        let (accepted, says) = pyx12(&bytes);
        assert!(accepted, "{says}\n{text}");
    });
}
