//! What a month is settled into adds up, whatever came in and whatever was agreed.

use std::collections::BTreeMap;

use bookkeeping::Period;
use economics::Unit;
use ground::policy::Service;
use ids::{AgreementId, ClinicianId, EngagementId, EntryId, Uuid};
use jiff::civil::date;
use money::{BasisPoints, Cents};
use proptest::prelude::*;

use crate::handed_in::{HandedIn, PaidKind};
use crate::model::{Part, RowKind, sum};
use crate::month::{Facts, InForce, Money, Source, Terms, Treats, Work};
use crate::settling::settle;

fn id(number: usize) -> Uuid {
    Uuid::from_u128(0x1000 + number as u128)
}

fn treats(number: usize, share: Option<u32>) -> Treats {
    let clinician = ClinicianId(id(number));
    let terms = match share {
        None => Terms::Owner,
        Some(points) => Terms::Engaged {
            id: EngagementId(id(number)),
            version: 1,
            clauses: {
                let share = BasisPoints(points);
                let engagement = terms::at_a_share(clinician, date(2026, 1, 1), share);
                let bearing = [
                    economics::Bearing::AsSplit,
                    economics::Bearing::Practice,
                    economics::Bearing::Clinician,
                ];
                economics::Engagement {
                    operator_prices: bearing[number % 3],
                    recoupments: bearing[(number + 1) % 3],
                    ..engagement.clauses
                }
            },
            from: None,
        },
    };
    Treats { id: clinician, name: format!("Clinician {number}"), terms }
}

prop_compose! {
    /// With money from the first so many kinds of sources.
    fn facts(sources: usize)(
        shares in prop::collection::vec(prop::option::of(0_u32..=10_000), 1..6),
        money in prop::collection::vec((0_usize..6, 0..sources, 1_i64..500_000), 0..40),
        hours in prop::collection::vec((0_usize..6, 0_i64..10_000), 0..6),
        claims in prop::collection::vec(0_usize..6, 0..20),
        is_agreed in any::<bool>(),
    ) -> Facts {
        let all: Vec<Treats> =
            shares.iter().enumerate().map(|(at, share)| treats(at, *share)).collect();
        let who = |at: usize| all[at % all.len()].id;
        let money = money.iter().enumerate().map(|(at, (whose, from, cents))| {
            let lone_star = || "LONESTAR".to_owned();
            let (source, sign) = match from {
                0 => (Source::Payer(lone_star()), 1),
                1 => (Source::Clients, 1),
                2 => (Source::Refund, -1),
                3 => (Source::TakenBack(lone_star()), -1),
                4 => (Source::NoShowFee, 1),
                5 => (Source::LateCancelFee, 1),
                _ => (Source::CardFee, -1),
            };
            let late = (at % 5 == 0).then(|| Period::of(date(2025, 12, 1)));
            let entry = EntryId(id(1_000 + at));
            let (clinician, cents) = (who(*whose), Cents(sign * cents));
            Money { entry, clinician, source, cents, late, adjusts: [None, None] }
        });
        let money = money.collect();
        let work = claims.iter().enumerate().map(|(at, whose)| Work {
            kind: RowKind::Claim,
            id: id(5_000 + at),
            clinician: Some(who(*whose)),
            unit: Unit::Claim,
        });
        let work = work.collect();
        let hours = hours.iter().enumerate().map(|(at, (whose, minutes))| HandedIn {
            id: id(7_000 + at),
            clinician: who(*whose),
            month: Period::of(date(2026, 1, 1)),
            kind: PaidKind::ALL[at % 2],
            minutes: *minutes,
        });
        let hours = if sources < 7 { vec![] } else { hours.collect() };
        let services = [Service::Leads, Service::Billing, Service::Scheduling];
        let prices = terms::at_list_prices(date(2026, 1, 1), &services).prices();
        let agreement =
            is_agreed.then(|| InForce { id: AgreementId(id(1)), version: 1, prices });
        Facts {
            month: Period::of(date(2026, 1, 1)),
            is_sole: all.len() == 1 && all[0].terms == Terms::Owner,
            treats: all,
            agreement,
            money,
            interest: vec![(EntryId(id(9_000)), Cents(37))],
            early_fees: if sources < 7 { vec![] } else { vec![(EntryId(id(9_001)), Cents(-5))] },
            hours,
            allowed: Vec::new(),
            not_kept: Vec::new(),
            work,
            payers: BTreeMap::new(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn all_that_came_in_is_somebodys_and_every_statement_adds_up(facts in facts(7)) {
        let closing = settle(&facts).unwrap();

        let parts = [closing.clinicians, closing.operator, closing.practice];
        prop_assert_eq!(sum(parts), closing.money_in);
        let came_in = sum(facts.money.iter().map(|it| it.cents).chain([Cents(37), Cents(-5)]));
        prop_assert_eq!(closing.money_in, came_in);
        let card_fees = facts.money.iter().filter(|it| it.source == Source::CardFee);
        let card_fees = sum(card_fees.map(|it| it.cents).chain([Cents(-5)]));
        let shares = sum(closing.statements.iter().map(|(_, posts)| posts.share));
        prop_assert_eq!(sum([shares, card_fees]), closing.money_in, "nothing is held");
        let fees = sum(closing.statements.iter().map(|(_, posts)| posts.fee));
        prop_assert_eq!(fees, closing.operator);
        for (settled, _) in &closing.statements {
            let money = sum([settled.sum_of(Part::Collected), settled.sum_of(Part::Adjustment)]);
            prop_assert_eq!(money, settled.collected);
            for line in settled.lines.iter().filter(|line| line.part.is_money_in()) {
                let rows = sum(line.rows.iter().filter_map(|row| row.cents));
                prop_assert_eq!(rows, line.cents, "each number opens its rows");
            }
        }
    }

    #[test]
    fn nobody_is_a_cent_off_their_share(facts in facts(4)) {
        for (settled, posts) in settle(&facts).unwrap().statements {
            let Some(treats) = facts.treats.iter().find(|it| Some(it.id) == settled.whom.clinician())
            else { continue };
            let Terms::Engaged { clauses, .. } = &treats.terms else { continue };
            if clauses.recoupments != economics::Bearing::AsSplit { continue }
            let share = i64::from(clauses.split().unwrap().0);
            let off = posts.share.0 * 10_000 - settled.collected.0 * share;
            prop_assert!(off.abs() < 10_000, "{off}");
        }
    }
}
