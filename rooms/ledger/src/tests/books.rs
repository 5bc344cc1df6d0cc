//! What is posted, once, and what it comes to.

use bookkeeping::{Account, Event, Period, broken};
use ground::testing::run;
use ids::Uuid;
use jiff::civil::date;
use money::Cents;
use people::cast;
use proptest::prelude::*;

use super::{WORK, at_elm, cash, charge_id, charged, lone_star, sam_owes, transfer};
use crate::model::{
    RULE_WORDS, TITLE_WORDS, lay_on, payer_code, payer_ref, rule_of, rule_word, title_of,
    title_word,
};
use crate::{
    Cause, CauseKind, Error, Fact, Posted, account_of, balance, bill_of, charge_ref, client_ref,
    close, collected, deposits_of, entries, post, record_deposit, record_payment, reverse,
};

#[test]
fn a_payment_pays_the_oldest_charge_first_and_what_is_left_waits() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
        let mut tx = at_elm(&house, &cast).await;
        charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
        charged(&mut tx, &cast, 2, sam_owes(sam), (ada, 12_000)).await;

        assert!(record_payment(&mut tx, cast.elm, &cash(sam, 1, 30_000)).await.unwrap());

        // 150.00 and 120.00 are paid; of 300.00 there are 30.00 left.
        let bill = bill_of(&mut tx, cast.elm, sam).await.unwrap();
        assert_eq!((bill.owes, bill.waiting), (Cents(0), Cents(3_000)));
        let paid: Vec<i64> = bill.lines.iter().map(|line| line.client_paid.0).collect();
        assert_eq!(paid.iter().sum::<i64>(), 27_000);
        let bank = balance(&mut tx, cast.elm, Account::Bank).await.unwrap();
        assert_eq!(bank, Cents(30_000));
        assert!(broken(&entries(&mut tx, cast.elm).await.unwrap()).is_empty());
        tx.commit().await.unwrap();
    });
}

#[test]
fn the_same_cause_twice_changes_nothing() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
        let mut tx = at_elm(&house, &cast).await;
        let first = charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;

        let again = charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
        let Posted::Now(entry) = first else { panic!("{first:?}") };
        assert_eq!(again, Posted::Before(entry));
        assert!(record_payment(&mut tx, cast.elm, &cash(sam, 1, 5_000)).await.unwrap());
        assert!(!record_payment(&mut tx, cast.elm, &cash(sam, 1, 5_000)).await.unwrap());
        assert!(record_deposit(&mut tx, cast.elm, &transfer("EFT1", 2, 900)).await.unwrap());
        assert!(!record_deposit(&mut tx, cast.elm, &transfer("EFT1", 2, 900)).await.unwrap());

        let owed = balance(&mut tx, cast.elm, account_of(sam)).await.unwrap();
        assert_eq!(owed, Cents(10_000));
        assert_eq!(entries(&mut tx, cast.elm).await.unwrap().len(), 3);
        tx.commit().await.unwrap();
    });
}

#[test]
fn nothing_is_posted_for_a_charge_that_was_never_posted() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut tx = at_elm(&house, &cast).await;
        let event = Event::ContractualAdjustment {
            charge: charge_ref(charge_id(9)),
            payer: payer_ref("LONESTAR").unwrap(),
            cents: Cents(100),
        };
        let fact = Fact::new(Cause::new(CauseKind::Remittance, Uuid::nil()), WORK, event);

        let said = post(&mut tx, cast.elm, &fact).await;

        let Err(Error::Books(said)) = said else { panic!("{said:?}") };
        assert_eq!(said, bookkeeping::Error::NoSuchCharge(charge_ref(charge_id(9))));
    });
}

#[test]
fn a_reversal_leaves_both_entries_and_undoes_once() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
        let mut tx = at_elm(&house, &cast).await;
        charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
        let decision = Cause::new(CauseKind::Decision, Uuid::from_u128(7));
        let event = Event::WriteOff {
            charge: charge_ref(charge_id(1)),
            owed_by: sam_owes(sam),
            cents: Cents(4_000),
        };
        let fact = Fact::new(decision, date(2026, 2, 9), event);
        let Posted::Now(written) = post(&mut tx, cast.elm, &fact).await.unwrap() else {
            panic!("posted before")
        };

        let on = date(2026, 2, 10);
        let undone = reverse(&mut tx, cast.elm, written, decision, on).await.unwrap();
        let again = reverse(&mut tx, cast.elm, written, decision, on).await.unwrap();

        let Posted::Now(reversal) = undone else { panic!("{undone:?}") };
        assert_eq!(again, Posted::Before(reversal));
        assert!(reverse(&mut tx, cast.elm, reversal, decision, on).await.is_err());
        let owed = balance(&mut tx, cast.elm, account_of(sam)).await.unwrap();
        assert_eq!(owed, Cents(15_000));
        assert_eq!(entries(&mut tx, cast.elm).await.unwrap().len(), 3);
        tx.commit().await.unwrap();
    });
}

#[test]
fn what_is_late_lands_in_the_first_open_month_linked_to_its_charge() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, sam) = (cast.ada_treats.id, cast.sam.id);
        let february = Period::of(WORK);
        let mut tx = at_elm(&house, &cast).await;
        charged(&mut tx, &cast, 1, lone_star(), (ada, 15_000)).await;
        close(&mut tx, cast.elm, february).await.unwrap();
        assert!(close(&mut tx, cast.elm, february).await.is_err(), "closed once");

        let event = Event::PatientResponsibility {
            charge: charge_ref(charge_id(1)),
            payer: payer_ref("LONESTAR").unwrap(),
            client: client_ref(sam),
            cents: Cents(2_500),
        };
        let cause = Cause::new(CauseKind::Remittance, Uuid::from_u128(3));
        post(&mut tx, cast.elm, &Fact::new(cause, date(2026, 2, 20), event)).await.unwrap();

        let all = entries(&mut tx, cast.elm).await.unwrap();
        assert_eq!((all[1].on, all[1].belongs_to), (date(2026, 3, 1), february));
        assert_eq!(all[1].adjusts, Some(all[0].id));
        tx.commit().await.unwrap();
    });
}

#[test]
fn what_was_collected_is_told_for_each_clinician_and_month() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, ben, sam) = (cast.ada_treats.id, cast.ben_treats.id, cast.sam.id);
        let mut tx = at_elm(&house, &cast).await;
        charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 15_000)).await;
        charged(&mut tx, &cast, 2, sam_owes(sam), (ben, 12_000)).await;
        record_payment(&mut tx, cast.elm, &cash(sam, 1, 20_000)).await.unwrap();

        let month = Period::of(date(2026, 2, 9));
        let mut sums = Vec::new();
        for clinician in [ada, ben] {
            let all = collected(&mut tx, cast.elm, clinician, month).await.unwrap();
            sums.push(all.iter().map(|it| it.cents.0).sum::<i64>());
        }

        assert_eq!(sums, [15_000, 5_000]);
        let none = collected(&mut tx, cast.elm, ada, month.next()).await.unwrap();
        assert!(none.is_empty());
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_deposit_waits_as_the_payers_money_until_it_finds_what_it_pays() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let mut tx = at_elm(&house, &cast).await;
        record_deposit(&mut tx, cast.elm, &transfer("EFT1", 2, 9_840)).await.unwrap();

        let waits = balance(&mut tx, cast.elm, Account::Unapplied(lone_star())).await.unwrap();
        assert_eq!(waits, Cents(-9_840), "a liability stands at the credit side");
        assert!(deposits_of(&mut tx, cast.elm).await.unwrap()[0].is_waiting);

        let all = entries(&mut tx, cast.elm).await.unwrap();
        let entry = ids::EntryId(Uuid::from_u128(all[0].id.0));
        let cause = Cause::new(CauseKind::Remittance, Uuid::from_u128(3));
        reverse(&mut tx, cast.elm, entry, cause, date(2026, 2, 9)).await.unwrap();
        assert!(!deposits_of(&mut tx, cast.elm).await.unwrap()[0].is_waiting);
        tx.commit().await.unwrap();
    });
}

#[test]
fn rules_and_accounts_have_one_word_each_and_the_database_knows_them_all() {
    run(async |house| {
        for rule in &bookkeeping::RULES {
            assert_eq!(rule_of(rule_word(rule.name)), Some(rule.name));
        }
        for title in bookkeeping::Title::ALL {
            assert_eq!(title_of(title_word(title)), Some(title));
        }
        let mut superuser = house.superuser().await;
        for (name, words) in [
            ("entry_rule_is_known", &RULE_WORDS[..]),
            ("posting_account_is_known", &TITLE_WORDS[..]),
        ] {
            let says: String = sqlx::query_scalar(
                "select pg_get_constraintdef(c.oid) from pg_constraint c where c.conname = $1",
            )
            .bind(name)
            .fetch_one(&mut superuser)
            .await
            .unwrap();
            for word in words {
                assert!(says.contains(&format!("'{word}'")), "{name} lacks {word}");
            }
            assert_eq!(says.matches("::text").count(), words.len(), "{says}");
        }
    });
}

#[test]
fn a_payers_code_is_a_number_and_comes_back_from_it() {
    for code in ["LONESTAR", "A", "0A00", "ZZZZZZZZZZZZZZZZZZZZ"] {
        assert_eq!(payer_code(payer_ref(code).unwrap()), code);
    }
    for code in ["", "lonestar", "A B", "ZZZZZZZZZZZZZZZZZZZZ0", "Ä"] {
        assert_eq!(payer_ref(code), None, "{code}");
    }
}

proptest! {
    #[test]
    fn money_laid_on_what_is_owed_loses_no_cent(
        cents in 1..100_000_i64,
        owed in prop::collection::vec(1..30_000_i64, 0..6),
    ) {
        let open: Vec<(usize, Cents)> = owed.iter().map(|it| Cents(*it)).enumerate().collect();
        let (laid, left) = lay_on(Cents(cents), &open);

        let sum: i64 = laid.iter().map(|(_, part)| part.0).sum();
        prop_assert_eq!(sum + left.0, cents);
        for (at, part) in &laid {
            prop_assert!(0 < part.0 && part.0 <= owed[*at]);
        }
        // Only what is paid last may stay open in part, and nothing is left while something is.
        prop_assert!(left == Cents::ZERO || sum == owed.iter().sum::<i64>());
    }
}
