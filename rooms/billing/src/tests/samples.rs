//! Real files and cases from the field: each is kept as it came, and posted, put aside with a
//! reason, or refused with a sentence.

use ground::testing::run;
use ids::Uuid;
use jiff::civil::{Date, date};
use sqlx::Executor;

use super::stage::{Stage, biller};
use crate::{Biller, Imported, bytes_of, import, read};

macro_rules! samples {
    ($($folder:literal / $name:literal),+ $(,)?) => {
        [$((
            $name,
            include_bytes!(concat!("../../../../crates/x12/samples/", $folder, "/", $name)).as_slice(),
        )),+]
    };
}

/// Ours, which a test file may say of itself, and what public projects keep.
const FILES: [(&str, &[u8]); 8] = samples![
    "trellis" / "835-paid-denied-deductible.x12",
    "trellis" / "835-reversal-correction-plb.x12",
    "trellis" / "835-unbalanced-by-ten.x12",
    "public" / "edi835--emedny-sample.x12",
    "public" / "edi835--united-healthcare-legacy-sample.x12",
    "public" / "lfh--managed-care.x12",
    "public" / "moov--examples-example-5010-835-sample1.x12",
    "public" / "stupidedi--dollars-and-data-sent-separate.x12",
];

const CASES: [(&str, &[u8]); 4] = samples![
    "cases" / "C003-same-code-same-charge.835",
    "cases" / "C006-claim-number-cut.835",
    "cases" / "C008-primary-for-secondary.835",
    "cases" / "C013-reason-code-not-in-the-list.835",
];

async fn take(stage: &Stage, name: &str, bytes: &[u8]) -> Imported {
    let mut tx = stage.begin().await;
    let imported = import(&mut tx, stage.cast.elm, name, bytes).await.unwrap();
    tx.commit().await.unwrap();
    imported
}

/// Makes the practice the one whom the cases pay, with these claims: number, day, code, cents.
async fn with_claims(stage: &Stage, npi: &str, claims: &[(&str, Date, &str, i64)]) {
    let mut tx = stage.begin().await;
    stage.house.house.clock().advance(jiff::SignedDuration::from_secs(1));
    let biller = Biller { npi: npi.into(), ..biller() };
    crate::set_biller(&mut tx, stage.cast.elm, &biller).await.unwrap();
    tx.commit().await.unwrap();
    stage.insures(stage.cast.sam.id, "HHP4410023").await;
    let mut superuser = stage.house.superuser().await;
    let ada = (stage.cast.ada_treats.id, stage.cast.ada.person);
    for (at, (number, on, cpt, cents)) in (1_u128..).zip(claims) {
        let fee = "insert into terms.fee (practice_id, payer_code, cpt, from_date, cents, set_at)
                   values ($1, null, $2, $3, $4, '2026-01-01')
                       on conflict (practice_id, payer_code, cpt, from_date) do nothing";
        sqlx::query(fee)
            .bind(stage.cast.elm.0)
            .bind(cpt)
            .bind(ground::db::Day(*on))
            .bind(cents)
            .execute(&mut superuser)
            .await
            .unwrap();
        let minutes = if *cpt == "90837" { 53 } else { 45 };
        let work = stage.signed_by(at, ada, (*on, minutes), "F411").await;
        let born = stage.taken(&work).await;
        assert!(matches!(born, crate::Born::Now(_)), "{born:?}");
        // Their numbers are those of other systems.
        let renumber = "update billing.claim c set number = $2, state = 'accepted'
                          from billing.charge g
                         where g.charge_id = c.charge_id and g.note_id = $1";
        sqlx::query(renumber).bind(work.note.0).bind(number).execute(&mut superuser).await.unwrap();
    }
}

async fn deposited(stage: &Stage, trace: &str, cents: i64) {
    let listeners = crate::ROOM.listens.to_vec();
    ground::events::register(&stage.house.stores, &listeners).await.unwrap();
    let mut tx = stage.begin().await;
    let arrived = ledger::Arrived {
        id: stage.house.house.new_id(),
        from: "LONESTAR".into(),
        way: ledger::Way::Transfer,
        reference: Some(trace.into()),
        cents: money::Cents(cents),
        on: date(2026, 3, 12),
    };
    ledger::record_deposit(&mut tx, stage.cast.elm, &arrived).await.unwrap();
    tx.commit().await.unwrap();
    ground::work::Wiring { listeners, jobs: vec![] }.drain(&stage.house.house).await.unwrap();
}

#[test]
fn every_real_file_is_kept_as_it_came_and_has_an_answer() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        for (name, bytes) in FILES.into_iter().chain(CASES) {
            let file = match take(&stage, name, bytes).await {
                Imported::Refused(file, why) => {
                    assert!(20 < why.len(), "{name}: {why}");
                    file
                }
                Imported::Now { file, .. } => file,
                other => panic!("{name}: {other:?}"),
            };
            let mut tx = stage.begin().await;
            let kept = bytes_of(&mut tx, stage.cast.elm, file).await.unwrap();
            assert_eq!(kept.as_deref(), Some(bytes), "{name} is kept byte for byte");
            tx.rollback().await.unwrap();
            let again = take(&stage, name, bytes).await;
            assert!(matches!(again, Imported::Before(_)), "{name}: {again:?}");
        }
        // None of it is this practice's money: whatever could be read is held, and says why.
        assert_eq!(stage.books().await, vec![]);
        let silent = "select count(*) from billing.remittance r
                       where r.state <> 'held'
                          or not exists (select from billing.exception e
                                          where e.remittance_id = r.remittance_id)";
        assert_eq!(stage.number(silent).await, 0);
        let clear = "select count(*) from billing.file f
                      where position('NM1*' in encode(f.sealed, 'escape')) > 0";
        assert_eq!(stage.number(clear).await, 0, "and nobody reads it in the database");
    });
}

#[test]
fn a_file_that_was_cut_anywhere_is_refused_whole() {
    for (name, bytes) in FILES.into_iter().take(3).chain(CASES) {
        let end = bytes.iter().rposition(|byte| !byte.is_ascii_whitespace()).unwrap();
        for cut in 0..=end {
            assert!(read(&bytes[..cut]).is_err(), "{name}, cut at {cut}");
        }
        assert!(read(bytes).is_ok(), "{name}");
    }
    run(async |house| {
        let stage = Stage::set(&house).await;
        let bytes = CASES[0].1;

        let imported = take(&stage, "half", &bytes[..bytes.len() / 2]).await;

        assert!(matches!(imported, Imported::Refused(..)), "{imported:?}");
        assert_eq!(stage.open().await, ["refused_file"]);
        assert_eq!(stage.number("select count(*) from billing.remittance").await, 0);
    });
}

#[test]
fn our_samples_post_to_the_cent_where_the_claims_are_ours() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let day = date(2026, 2, 24);
        let claims =
            [("RT-2001", day, "90834", 17_500), ("RT-2007", date(2026, 2, 27), "90834", 17_500)];
        with_claims(&stage, "1234567802", &claims).await;
        // The file says of itself that it is a test; here it is meant.
        let meant = String::from_utf8(FILES[0].1.to_vec()).unwrap().replace("*0*T*:", "*0*P*:");

        take(&stage, "835", meant.as_bytes()).await;

        // RT-2001: 175.00 = 51.60 contract + 25.00 copay + 98.40. RT-2002 is not ours: 0.00 paid.
        // RT-2007: denied for want of prior approval, 175.00 open.
        assert_eq!(stage.open().await, ["denied", "no_claim"]);
        deposited(&stage, "EFT700101", 9_840).await;
        let books = [
            ("bank".to_owned(), 9_840),
            ("client_receivable".into(), 2_500),
            ("contractual".into(), 5_160),
            ("income".into(), -35_000),
            ("payer_receivable".into(), 17_500),
        ];
        assert_eq!(stage.books().await, books);
    });
}

#[test]
fn c003_two_clients_with_the_same_code_and_charge_are_told_apart_by_their_numbers() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let day = date(2026, 3, 5);
        let claims = [("TRL26003A", day, "90834", 15_000), ("TRL26003B", day, "90834", 15_000)];
        with_claims(&stage, "1445566775", &claims).await;

        take(&stage, CASES[0].0, CASES[0].1).await;
        deposited(&stage, "EFT26003", 18_000).await;

        let books = [
            ("bank".to_owned(), 18_000),
            ("client_receivable".into(), 2_000),
            ("contractual".into(), 10_000),
            ("income".into(), -30_000),
        ];
        assert_eq!(stage.books().await, books, "nothing is left open with the insurer");
        assert_eq!(stage.states().await, ["paid", "paid"]);
    });
}

#[test]
fn c006_a_number_that_was_cut_is_held_and_the_claim_of_its_day_is_proposed() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let claims = [
            ("TRL-2026-000123-A", date(2026, 3, 5), "90834", 15_000),
            ("TRL-2026-000123-B", date(2026, 3, 12), "90834", 15_000),
        ];
        with_claims(&stage, "1445566775", &claims).await;
        // None of its claims is known by number, so the list of insurers must know who pays.
        let payer = "update terms.payer set x12_id = '77031' where payer_code = 'LONESTAR'";
        house.superuser().await.execute(payer).await.unwrap();

        take(&stage, CASES[1].0, CASES[1].1).await;
        deposited(&stage, "EFT26006", 10_000).await;
        assert_eq!(stage.open().await, ["no_claim"]);
        let waits = stage.books().await.into_iter().find(|(name, _)| name == "payer_unapplied");
        assert_eq!(waits, Some(("payer_unapplied".into(), -10_000)), "its money is not lost");

        let mut tx = stage.begin().await;
        let id: Uuid = sqlx::query_scalar("select answer_id from billing.answer")
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        let answer = crate::remittance::queries::answer(&mut tx, stage.cast.elm, id).await.unwrap();
        let answer = answer.unwrap();
        let found = crate::remittance::proposals(&mut tx, stage.cast.elm, &answer).await.unwrap();
        let numbers: Vec<&str> = found.iter().map(|claim| claim.number.as_str()).collect();
        assert_eq!(numbers, ["TRL-2026-000123-B"], "never the first, never both");

        crate::remittance::adopt(&mut tx, stage.cast.elm, &answer, &found[0]).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(stage.states().await, ["accepted", "paid"]);
        let books = [
            ("bank".to_owned(), 10_000),
            ("contractual".into(), 5_000),
            ("income".into(), -30_000),
            ("payer_receivable".into(), 15_000),
        ];
        assert_eq!(stage.books().await, books);
    });
}

#[test]
fn c008_each_reason_of_a_group_in_its_own_segment_counts_once() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let claims = [("TRL26008A", date(2026, 3, 9), "90834", 17_500)];
        with_claims(&stage, "1445566775", &claims).await;

        take(&stage, CASES[2].0, CASES[2].1).await;
        deposited(&stage, "EFT26008", 7_264).await;

        // 175.00 = 72.64 + (52.35 + 1.48) + (30.00 + 18.53).
        let books = [
            ("bank".to_owned(), 7_264),
            ("client_receivable".into(), 4_853),
            ("contractual".into(), 5_383),
            ("income".into(), -17_500),
        ];
        assert_eq!(stage.books().await, books);
        let shares = "select count(*) from billing.client_share where reason in ('1', '2')";
        assert_eq!(stage.number(shares).await, 2);
    });
}

#[test]
fn c013_a_reason_that_is_in_no_list_is_written_off_by_nobody() {
    run(async |house| {
        let stage = Stage::set(&house).await;
        let claims = [("TRL26013A", date(2026, 3, 9), "90834", 15_000)];
        with_claims(&stage, "1445566775", &claims).await;

        take(&stage, CASES[3].0, CASES[3].1).await;
        deposited(&stage, "EFT26013", 10_000).await;

        assert_eq!(stage.open().await, ["open"]);
        let books = [
            ("bank".to_owned(), 10_000),
            ("contractual".into(), 4_000),
            ("income".into(), -15_000),
            ("payer_receivable".into(), 1_000),
        ];
        assert_eq!(stage.books().await, books);
        let why: String = sqlx::query_scalar("select why from billing.exception")
            .fetch_one(&mut house.superuser().await)
            .await
            .unwrap();
        assert!(why.contains("CO-399") && why.contains("look the code up"), "{why}");
    });
}
