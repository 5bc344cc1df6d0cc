//! A batch is what its facts are one after the other.

use bookkeeping::{Account, Debtor, Entry, Event, Period, Sharer, TransferFrom};
use ground::testing::{TestHouse, run};
use ids::Uuid;
use jiff::civil::date;
use money::Cents;
use people::cast::{self, Cast};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::{WORK, at_elm, charge_id, lone_star, sam_owes};
use crate::{
    Cause, CauseKind, Error, Fact, Of, Posted, balance, charge_ref, client_ref, clinician_ref,
    entries, payer_ref, post, post_all,
};

/// What a fact of a random batch is: which event, for which charge, how much, told by which cause.
type Told = (u8, u128, i64, u128);

fn fact(cast: &Cast, (event, charge, cents, cause): Told) -> Fact {
    let (sam, payer) = (cast.sam.id, payer_ref("LONESTAR").unwrap());
    let of = Some(Of { client: sam, clinician: cast.ada_treats.id });
    let client = client_ref(sam);
    let known = charge_ref(charge_id(charge));
    let cents = Cents(cents);
    let clinician = clinician_ref(cast.ada_treats.id);
    let from = TransferFrom::Unapplied(sam_owes(sam));
    let owed_by = sam_owes(sam);
    let (kind, event) = match event {
        0 | 1 => {
            let charged =
                Event::Charge { charge: known, owed_by: lone_star(), service_on: WORK, cents };
            let cause = Cause::new(CauseKind::Charge, charge_id(charge));
            return Fact { cause, on: WORK, event: charged, of };
        }
        2 => (CauseKind::Remittance, Event::ContractualAdjustment { charge: known, payer, cents }),
        3 => (
            CauseKind::Remittance,
            Event::PatientResponsibility { charge: known, payer, client, cents },
        ),
        4 => (CauseKind::Decision, Event::ClientPayment { client, charge: None, cents }),
        5 => (CauseKind::Decision, Event::Transfer { charge: known, from, owed_by, cents }),
        6 => (CauseKind::Decision, Event::Refund { to: owed_by, charge: None, cents }),
        _ => (CauseKind::Statement, Event::Share { to: Sharer::Clinician(clinician), cents }),
    };
    Fact::new(Cause::new(kind, Uuid::from_u128(cause)), date(2026, 2, 9), event)
}

/// Entries without what differs from one run to the next, their ids: a link is a place.
fn shapes(all: &[Entry]) -> Vec<String> {
    let place = |id| all.iter().position(|it| Some(it.id) == id);
    all.iter()
        .map(|it| {
            let adjusts = place(it.adjusts);
            let cause = (it.cause.rule, it.cause.source);
            format!("{} {} {cause:?} {adjusts:?} {:?}", it.on, it.belongs_to, it.postings)
        })
        .collect()
}

fn says(answer: Result<Posted, Error>) -> String {
    match answer {
        Ok(Posted::Now(_)) => "now".into(),
        Ok(Posted::Before(_)) => "before".into(),
        Err(error) => error.to_string(),
    }
}

/// Posts the same facts both ways, and says what came of it: answers, and entries.
async fn both_ways(
    house: &TestHouse,
    cast: &Cast,
    facts: &[Fact],
    is_closed: bool,
) -> [(Vec<String>, Vec<String>); 2] {
    let begin = async || {
        let mut tx = at_elm(house, cast).await;
        if is_closed {
            super::charged(&mut tx, cast, 1, lone_star(), (cast.ada_treats.id, 15_000)).await;
            crate::close(&mut tx, cast.elm, Period::of(WORK)).await.unwrap();
        }
        tx
    };
    let mut tx = begin().await;
    let mut one_by_one = Vec::new();
    for fact in facts {
        let answer = post(&mut tx, cast.elm, fact).await;
        let is_over = answer.is_err();
        one_by_one.push(says(answer));
        if is_over {
            break;
        }
    }
    let first = shapes(&entries(&mut tx, cast.elm).await.unwrap());
    tx.rollback().await.unwrap();

    let mut tx = begin().await;
    let at_once = match post_all(&mut tx, cast.elm, facts).await {
        Ok(answers) => answers.into_iter().map(|it| says(Ok(it))).collect(),
        Err(error) => {
            // Nothing was written. What stood before the fact that stops it can be posted.
            let good = &facts[..one_by_one.len() - 1];
            let answers = post_all(&mut tx, cast.elm, good).await.unwrap();
            answers.into_iter().map(Ok).chain([Err(error)]).map(says).collect()
        }
    };
    let second = shapes(&entries(&mut tx, cast.elm).await.unwrap());
    tx.rollback().await.unwrap();
    [(one_by_one, first), (at_once, second)]
}

#[test]
fn a_batch_is_what_its_facts_are_one_after_the_other() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let batches = prop::collection::vec((0..8_u8, 1..4_u128, 1..4_i64, 1..6_u128), 1..14);
        let mut runner = TestRunner::deterministic();
        let (mut stopped, mut whole) = (0, 0);
        for round in 0..60 {
            let told = batches.new_tree(&mut runner).unwrap().current();
            let facts: Vec<Fact> = told.iter().map(|it| fact(&cast, *it)).collect();

            let [one_by_one, at_once] = both_ways(&house, &cast, &facts, round % 3 == 0).await;

            assert_eq!(one_by_one, at_once, "{told:?}");
            let is_whole = one_by_one.0.len() == facts.len();
            if is_whole { whole += 1 } else { stopped += 1 }
        }
        assert!(5 < stopped && 5 < whole, "both kinds are seen: {stopped} stopped, {whole} whole");
    });
}

#[test]
fn money_of_a_batch_is_there_for_what_comes_after_it_and_no_more_of_it() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (sam, ada) = (cast.sam.id, cast.ada_treats.id);
        let debtor = sam_owes(sam);
        let charge = charge_ref(charge_id(1));
        let decision = |id| Cause::new(CauseKind::Decision, Uuid::from_u128(id));
        let charged = |owed_by: Debtor| Fact {
            cause: Cause::new(CauseKind::Charge, charge_id(1)),
            on: WORK,
            event: Event::Charge { charge, owed_by, service_on: WORK, cents: Cents(900) },
            of: Some(Of { client: sam, clinician: ada }),
        };
        let brings = |id, cents| {
            let event =
                Event::ClientPayment { client: client_ref(sam), charge: None, cents: Cents(cents) };
            Fact::new(decision(id), WORK, event)
        };
        let lays = |id, cents| {
            let from = TransferFrom::Unapplied(debtor);
            let event = Event::Transfer { charge, from, owed_by: debtor, cents: Cents(cents) };
            Fact::new(decision(id), WORK, event)
        };
        let mut tx = at_elm(&house, &cast).await;
        let enough = [charged(debtor), brings(1, 500), lays(2, 300), lays(3, 200)];
        let too_much = [charged(debtor), brings(1, 500), lays(2, 300), lays(3, 201)];

        let said = post_all(&mut tx, cast.elm, &too_much).await;
        let none = entries(&mut tx, cast.elm).await.unwrap();
        let answers = post_all(&mut tx, cast.elm, &enough).await.unwrap();
        let again = post_all(&mut tx, cast.elm, &enough).await.unwrap();

        let Err(Error::Books(said)) = said else { panic!("{said:?}") };
        let holds = Cents(200);
        let account = Account::Unapplied(debtor);
        assert_eq!(said, bookkeeping::Error::MoreThanThereIs { account, holds });
        assert!(none.is_empty(), "nothing is saved by half");
        for (now, before) in answers.iter().zip(again) {
            let Posted::Now(id) = now else { panic!("{now:?}") };
            assert_eq!(before, Posted::Before(*id));
        }
        let left = balance(&mut tx, cast.elm, account).await.unwrap();
        assert_eq!(left, Cents(0));
        assert_eq!(entries(&mut tx, cast.elm).await.unwrap().len(), 4);
        tx.commit().await.unwrap();
    });
}

#[test]
fn nothing_to_post_is_nothing_done() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut tx = at_elm(&house, &cast).await;
        assert!(post_all(&mut tx, cast.elm, &[]).await.unwrap().is_empty());
    });
}
