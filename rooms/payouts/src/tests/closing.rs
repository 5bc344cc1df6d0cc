//! A month closes to the cent, once, in its turn, and says what stands in its way.

use bookkeeping::{Account, Period};
use economics::{Clause, FairMarket, FairMarketMethod, Rule, Unit};
use jiff::civil::date;
use ledger::clinician_ref;
use money::{BasisPoints, Cents};
use terms::{NewAgreement, NewService};

use super::{JANUARY, Scene, lone_star, run};
use crate::{CannotClose, Closed, Error};

/// By hand, of the month in [`Scene::january`]:
///
/// Collected for Ben: $1,012.57 of his 8 × $135.00 = $1,080.00. His 60 %: $607.542, and so $607.54.
/// The practice has the rest: $405.03. The no-show brought no fee, so half of it is nothing.
/// Collected for Ada: $120.00; the denied claim brought nothing.
///
/// The operator: leads $150.00, intake 1 × $18.00, scheduling $120.00, billing 2 × $4.50 = $9.00:
/// $297.00 in all, which the practice bears. Ada owns it, and sees what of it is for her own work:
/// half of leads $75.00 and of scheduling $60.00, and both claims $9.00; the request was Ben's.
/// $120.00 − $144.00 = −$24.00.
///
/// The practice: $1,012.57 + $120.00 = $1,132.57 came in; less $607.54 and $297.00: $228.03.
#[test]
fn a_small_month_comes_to_what_was_computed_by_hand() {
    run(async |house| {
        let scene = Scene::january(house).await;

        assert_eq!(scene.close(JANUARY).await.unwrap(), Closed::Now);

        let all = scene.told(JANUARY).await;
        let expected = [
            "the practice: 1132.57 collected, 228.03 kept",
            "  Ada Reyes | 1 payment | 120.00",
            "  Ben Ortiz | 8 payments | 1012.57",
            "  Ben Ortiz | as on their own statement | -607.54",
            "  Leads | a whole month: $150.00 | -150.00",
            "  Intake | 1 intake call at $18.00 each: $18.00 | -18.00",
            "  Scheduling | a whole month: $120.00 | -120.00",
            "  Billing | 2 claims filed at $4.50 each: $9.00 | -9.00",
            "Ada: 120.00 collected, -24.00 kept",
            "  From Lone Star Health (demo) | 1 payment | 120.00",
            "  Work of an owner | 100% of $120.00 (what was collected): $120.00 | 120.00",
            "  Leads | a whole month: $150.00; for this work $75.00 | -75.00",
            "  Scheduling | a whole month: $120.00; for this work $60.00 | -60.00",
            "  Billing | 2 claims filed at $4.50 each: $9.00 | -9.00",
            "Ben: 1012.57 collected, 607.54 kept",
            "  From clients | 8 payments | 1012.57",
            "  Pay for sessions | 60% of $1,012.57 (what was collected): $607.54 | 607.54",
        ];
        assert_eq!(all, expected);
    });
}

#[test]
fn what_came_in_is_posted_as_somebodys_and_nothing_is_held() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();

        let mut tx = scene.job().await;
        let ben = clinician_ref(scene.cast.ben_treats.id);
        let mut holds = Vec::new();
        for account in [
            Account::MoneyIn,
            Account::CliniciansMoney(ben),
            Account::OperatorsMoney,
            Account::PracticesMoney,
            Account::Held,
            Account::ClinicianDue(ben),
            Account::OperatorDue,
        ] {
            holds.push(ledger::balance(&mut tx, scene.cast.elm, account).await.unwrap().0);
        }

        assert_eq!(holds, [113_257, -60_754, -29_700, -22_803, 0, -60_754, -29_700]);
        let closed = ledger::closed_through(&mut tx, scene.cast.elm).await.unwrap();
        assert_eq!(closed, Some(Period::of(JANUARY)));
    });
}

#[test]
fn closing_twice_changes_nothing() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let before = scene.told(JANUARY).await;

        assert_eq!(scene.close(JANUARY).await.unwrap(), Closed::Before);

        assert_eq!(scene.told(JANUARY).await, before);
        let mut tx = scene.job().await;
        let told: i64 = sqlx::query_scalar(
            "select count(*) from ground.event where kind = 'payouts.month_closed'",
        )
        .fetch_one(&mut *tx)
        .await
        .unwrap();
        assert_eq!(told, 1);
    });
}

#[test]
fn two_who_close_at_once_close_once() {
    run(async |house| {
        let scene = Scene::january(house).await;

        let (one, other) = tokio::join!(scene.close(JANUARY), scene.close(JANUARY));

        let mut both = [one.unwrap(), other.unwrap()];
        both.sort_by_key(|it| *it == Closed::Before);
        assert_eq!(both, [Closed::Now, Closed::Before]);
    });
}

/// What stands in the way of a month.
async fn cannot(scene: &Scene, month: jiff::civil::Date) -> CannotClose {
    match scene.close(month).await {
        Err(Error::Cannot(why)) => {
            let mut tx = scene.job().await;
            let written = "select count(*) from payouts.period";
            let written: i64 = sqlx::query_scalar(written).fetch_one(&mut *tx).await.unwrap();
            assert_eq!(written, 0, "nothing is written");
            why
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn no_month_closes_before_its_turn_or_before_it_is_over_where_the_practice_is() {
    run(async |house| {
        let scene = Scene::january(house).await;
        let (january, february) = (Period::of(JANUARY), Period::of(JANUARY).next());
        let why = cannot(&scene, february.first_day()).await;
        assert_eq!(why, CannotClose::NotNext(Some(january)));
        let why = cannot(&scene, date(2025, 12, 1)).await;
        assert_eq!(why.to_string(), "January 2026 comes next. Months close one after the other.");

        scene.close(JANUARY).await.unwrap();
        // It is 11 PM on the last day of February in Chicago, and March in London.
        let clock = scene.house.house.clock();
        let late: jiff::Timestamp = "2026-03-01T05:00:00Z".parse().unwrap();
        clock.advance(late.duration_since(clock.now()));
        let mut tx = scene.job().await;
        let answer = crate::close(&mut tx, scene.cast.elm, february).await;
        let Err(Error::Cannot(why)) = answer else { panic!("{answer:?}") };
        assert_eq!(why.to_string(), "February 2026 is not over. It can be closed from Sun, Mar 1.");
        drop(tx);
        clock.advance(jiff::SignedDuration::from_mins(61));
        assert_eq!(scene.close(february.first_day()).await.unwrap(), Closed::Now);
    });
}

#[test]
fn money_of_somebody_without_an_engagement_stops_the_month_with_a_sentence() {
    run(async |house| {
        let cast = people::cast::everybody(&house.house).await.unwrap();
        let agreed = terms::cast::Agreed {
            agreement: ids::AgreementId(ids::Uuid::nil()),
            engagement: ids::EngagementId(ids::Uuid::nil()),
            ina: cast.sue.clone(),
            lonestar: terms::cast::lonestar(),
        };
        let scene = Scene { house, cast, agreed };
        let mut tx = scene.job().await;
        scene.charged(&mut tx, 1, scene.cast.ben_treats.id, scene.sam(), 13_500).await;
        scene.brings(&mut tx, 1, 10_000, date(2026, 1, 20)).await;
        tx.commit().await.unwrap();

        let why = cannot(&scene, JANUARY).await;

        assert_eq!(
            why.to_string(),
            "Money came in for the work of Ben Ortiz in January 2026, and no engagement says whose \
             it is. Let both sides sign one, then close the month."
        );
    });
}

#[test]
fn a_price_without_its_record_stops_the_month_with_a_sentence() {
    run(async |house| {
        let cast = people::cast::everybody(&house.house).await.unwrap();
        let agreed = terms::cast::agreed(&house.house, &cast).await.unwrap();
        let scene = Scene { house, cast, agreed };
        let each = Rule::PerUnit { unit: Unit::Claim, cents: Cents(450) };
        let record = FairMarket {
            method: FairMarketMethod::Cost,
            evidence: "Minutes for each claim, measured over a quarter".into(),
            valid_from: date(2025, 2, 1),
            review_by: date(2026, 1, 30),
        };
        let service = NewService::standard(
            ground::policy::Service::Billing,
            Clause::new("Billing costs", each),
            record,
        );
        let terms = NewAgreement {
            begins_on: JANUARY,
            ends_on: date(2027, 1, 1),
            notice_days: 60,
            services: vec![service],
        };
        let mut tx = scene.job().await;
        let id = terms::propose_agreement(&mut tx, scene.cast.elm, &terms).await.unwrap();
        use ground::policy::Side;
        for (side, who) in [(Side::Practice, &scene.cast.ada), (Side::Operator, &scene.cast.oz)] {
            terms::sign_agreement(&mut tx, scene.cast.elm, id, side, who.person, "A name")
                .await
                .unwrap();
        }
        scene.charged(&mut tx, 11, scene.cast.ada_treats.id, lone_star(), 15_105).await;
        scene.lone_star_pays(&mut tx, 11, 12_000, date(2026, 1, 26)).await;
        tx.commit().await.unwrap();
        assert_ne!(scene.agreed.agreement, id);

        let why = cannot(&scene, JANUARY).await;

        assert_eq!(
            why,
            CannotClose::NoRecord { service: "Billing".into(), month: Period::of(JANUARY) }
        );
        assert!(why.to_string().starts_with("The price of Billing has no fair-market record"));
    });
}

#[test]
fn a_sole_owner_without_an_engagement_has_a_statement_of_the_practice() {
    run(async |house| {
        let oak = people::found(&house.house, &people::cast::oak_lane()).await.unwrap();
        let job = ground::Acting::Job { practice: oak.practice };
        let mut tx = house.house.begin(&job).await.unwrap();
        let new = people::NewClinician {
            person: oak.founder,
            name: "Una Bell".into(),
            credential: "LCSW".into(),
            npi: None,
        };
        let una = people::list_clinician(&mut tx, oak.practice, &new).await.unwrap();
        let client = people::NewClient { name: "Kim".into(), address: None, state: "CO".into() };
        let kim = people::admit(&mut tx, oak.practice, &client).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = house.house.begin(&job).await.unwrap();
        let charge = super::charge_id(1);
        let event = bookkeeping::Event::Charge {
            charge: ledger::charge_ref(charge),
            owed_by: bookkeeping::Debtor::Client(ledger::client_ref(kim.id)),
            service_on: date(2026, 1, 5),
            cents: Cents(16_000),
        };
        let of = Some(ledger::Of { client: kim.id, clinician: una });
        let cause = ledger::Cause::new(ledger::CauseKind::Decision, charge);
        let fact = ledger::Fact { cause, on: date(2026, 1, 5), event, of };
        ledger::post(&mut tx, oak.practice, &fact).await.unwrap();
        let arrived = ledger::Arrived {
            id: ids::Uuid::from_u128(1),
            from: kim.id,
            way: ledger::Way::Cash,
            reference: None,
            cents: Cents(12_000),
            on: date(2026, 1, 6),
        };
        ledger::record_payment(&mut tx, oak.practice, &arrived).await.unwrap();

        crate::close(&mut tx, oak.practice, Period::of(JANUARY)).await.unwrap();

        let all = crate::statements_of(&mut tx, oak.practice, una).await.unwrap();
        assert_eq!(all.len(), 1);
        let is = &all[0].is;
        assert_eq!(is.whom, crate::Whom::Practice(Some(una)));
        assert_eq!((is.collected, is.kept), (Cents(12_000), Cents(12_000)));
        assert_eq!(is.lines.len(), 1);
        tx.commit().await.unwrap();
    });
}

#[test]
fn a_share_is_written_as_it_was_signed() {
    // The sentence, the worked text and the amount of a line come from one clause: what a line says
    // ends with what it comes to.
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let mut tx = scene.job().await;
        let ben = scene.cast.ben_treats.id;
        let all = crate::statements_of(&mut tx, scene.cast.elm, ben).await.unwrap();
        let pay = all[0].is.lines.last().unwrap();

        assert_eq!(pay.clause, "The clinician is paid 60% of what was collected.");
        assert!(pay.how.ends_with(&economics::dollars(pay.cents)), "{}", pay.how);
        assert_eq!(terms::cast::BENS_SHARE, BasisPoints(6_000));
    });
}
