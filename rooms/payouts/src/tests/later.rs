//! What comes to light after a month was closed: a line of a later month that names the old one.

use bookkeeping::Account;
use jiff::civil::date;

use super::{JANUARY, Scene, lone_star, run};

/// By hand: January as in [`Scene::january`]. In February somebody finds a check of January 31 of
/// $67.43, which pays the rest of Ben's sessions, and Lone Star takes its $120.00 back. Ben's 60 %
/// of $67.43 is $40.458, and so $40.46. Ada, with no claim and no request: −$120.00, and half of
/// $270.00. The practice: −$52.57 came in; less $40.46 and $270.00: −$363.03.
#[test]
fn what_comes_to_light_later_is_a_line_that_names_the_one_it_adjusts() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        let mut tx = scene.job().await;
        scene.brings(&mut tx, 2, 6_743, date(2026, 1, 31)).await;
        scene.lone_star_pays(&mut tx, 11, -12_000, date(2026, 2, 9)).await;
        tx.commit().await.unwrap();
        let before = scene.told(JANUARY).await;
        scene.turn_to(date(2026, 3, 2));

        scene.close(date(2026, 2, 1)).await.unwrap();

        assert_eq!(scene.told(JANUARY).await, before, "what was closed stays");
        let all = scene.told(date(2026, 2, 1)).await;
        let expected = [
            "the practice: -52.57 collected, -363.03 kept",
            "  Ada Reyes | 1 payment; adjusts line 1 of January 2026 | -120.00",
            "  Ben Ortiz | 1 payment; adjusts line 2 of January 2026 | 67.43",
            "  Ben Ortiz | as on their own statement | -40.46",
            "  Leads | a whole month: $150.00 | -150.00",
            "  Intake | 0 intake calls at $18.00 each: $0.00 | 0.00",
            "  Scheduling | a whole month: $120.00 | -120.00",
            "  Billing | 0 claims filed at $4.50 each: $0.00 | 0.00",
            "Ada: -120.00 collected, -255.00 kept",
            "  Taken back by Lone Star Health (demo) | 1 payment taken back; adjusts line 1 of \
             January 2026 | -120.00",
            "  Work of an owner | 100% of −$120.00 (what was collected): −$120.00 | -120.00",
            "  Leads | a whole month: $150.00; for this work $75.00 | -75.00",
            "  Scheduling | a whole month: $120.00; for this work $60.00 | -60.00",
            "Ben: 67.43 collected, 40.46 kept",
            "  From clients | 1 payment; adjusts line 1 of January 2026 | 67.43",
            "  Pay for sessions | 60% of $67.43 (what was collected): $40.46 | 40.46",
        ];
        assert_eq!(all, expected);
        let mut tx = scene.job().await;
        let held = ledger::balance(&mut tx, scene.cast.elm, Account::Held).await.unwrap();
        assert_eq!(held.0, 0);
    });
}

#[test]
fn money_for_work_of_somebody_who_left_is_split_as_it_was_agreed() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close(JANUARY).await.unwrap();
        // Ben's engagement ended with January.
        scene.plant("update terms.engagement set ends_on = '2026-02-01'").await;
        let mut tx = scene.job().await;
        scene.brings(&mut tx, 2, 5_000, date(2026, 2, 3)).await;
        tx.commit().await.unwrap();
        scene.turn_to(date(2026, 3, 2));

        scene.close(date(2026, 2, 1)).await.unwrap();
        scene.turn_to(date(2026, 4, 2));
        scene.close(date(2026, 3, 1)).await.unwrap();

        let told = scene.told(date(2026, 2, 1)).await;
        assert!(told.iter().any(|it| it == "Ben: 50.00 collected, 30.00 kept"), "{told:?}");
        let told = scene.told(date(2026, 3, 1)).await;
        assert!(!told.iter().any(|it| it.starts_with("Ben:")), "{told:?}");
    });
}

#[test]
fn an_open_month_says_what_it_comes_to_so_far() {
    run(async |house| {
        let scene = Scene::new(house).await;
        let mut tx = scene.job().await;
        scene.charged(&mut tx, 1, scene.cast.ben_treats.id, scene.sam(), 13_500).await;
        scene.charged(&mut tx, 11, scene.cast.ada_treats.id, lone_star(), 15_105).await;
        scene.brings(&mut tx, 1, 10_001, date(2026, 2, 3)).await;
        tx.commit().await.unwrap();
        let mut tx = scene.job().await;
        let february = bookkeeping::Period::of(date(2026, 2, 1));
        let (elm, ben) = (scene.cast.elm, scene.cast.ben_treats.id);

        let so_far = crate::so_far(&mut tx, elm, february, ben).await.unwrap().unwrap();

        assert_eq!((so_far.collected.0, so_far.kept.0), (10_001, 6_001));
    });
}
