//! A small month by hand, to the cent and to the second.

use economics::{Bound, TimeKind};
use ground::Acting;
use ground::spans::Kind;
use ids::Uuid;
use jiff::civil::date;
use money::Cents;

use super::{JANUARY, Scene, charged, pays, run, wrote};
use crate::model::{Figures, Record, Said};
use crate::{falls, queries, record};

async fn of_ben(scene: &Scene) -> (Record, Vec<Figures>) {
    let mut tx = scene.house.house.begin(&scene.cast.ben.acting()).await.unwrap();
    let ben = &scene.cast.ben_treats;
    let record = record::record(&mut tx, scene.cast.elm, ben, false).await.unwrap();
    let figures = record.figures().unwrap();
    (record, figures)
}

async fn says(scene: &Scene, id: u128, kind: TimeKind, on: jiff::civil::Date, minutes: i64) {
    let mut tx = scene.house.house.begin(&scene.cast.ben.acting()).await.unwrap();
    let said = Said { kind, on, minutes };
    let (elm, ben) = (scene.cast.elm, scene.cast.ben.person);
    queries::insert_said(&mut tx, elm, ben, Uuid::from_u128(id), said).await.unwrap();
    tx.commit().await.unwrap();
}

/// By hand, of January for Ben, by the clock of Chicago:
///
/// Jan 5: a session from 10:00 to 10:53; a note from 10:50 to 11:08, of which 3 minutes were the
/// session's. Jan 12: a no-show at 11:00, marked at 11:20; a session from 4:30 to 5:20; a note from
/// 8:00 to 8:24 in the evening. Jan 14: 90 minutes of training, as he says.
/// Sessions 53 + 50 = 103 minutes, notes 15 + 24 = 39, waiting 20, training 90: 252 minutes, which
/// are 15,120 seconds or 4.2 hours.
///
/// Collected $180.01 of 2 × $135.00; his 60 % are $108.006, so $108.01; $89.99 is open.
/// An hour: 10,801 × 3,600 / 15,120 = 2,571.67 cents, so $25.72; the split 6,000 basis points.
/// He had opened Mondays from 9 to 5: after 5 lay 20 minutes of the session and the evening's 24,
/// 44 minutes of the 162 that have a place in the day.
/// A further hour a week: 31 / 7 hours more, 31,062 seconds: $12.52.
#[test]
fn a_small_month_comes_to_what_was_computed_by_hand() {
    run(async |house| {
        let scene = Scene::january(house).await;
        says(&scene, 1, TimeKind::Training, date(2026, 1, 14), 600).await;
        says(&scene, 2, TimeKind::Training, date(2026, 1, 14), 90).await;

        let before = of_ben(&scene).await.1;
        scene.close().await;
        let (record, all) = of_ben(&scene).await;

        assert_eq!(all.len(), 2, "January, and February so far");
        let january = &all[0];
        assert_eq!(before[0], *january, "closing changes no figure");
        let hours = &january.actuals.hours;
        let kinds: Vec<(TimeKind, i64)> =
            hours.by_kind_s.iter().map(|(kind, s)| (*kind, s / 60)).collect();
        let expected = [
            (TimeKind::Session, 103),
            (TimeKind::Notes, 39),
            (TimeKind::Training, 90),
            (TimeKind::Missed, 20),
        ];
        assert_eq!(kinds, expected);
        assert_eq!((hours.total_s, january.said_s), (15_120, 5_400));
        assert_eq!((january.outside_s, january.placed_s), (Some(44 * 60), 162 * 60));
        let cash = &january.actuals.cash;
        assert_eq!((cash.collected_cents, cash.net_cents), (Cents(18_001), Cents(10_801)));
        assert_eq!(cash.split_net_bp, Some(6_000));
        assert_eq!(cash.effective_hour_net.bound, Bound::AtMost, "others are not recorded");
        assert_eq!(cash.effective_hour_net.high, Some(Cents(2_572)));
        assert_eq!(crate::model::with_an_hour_a_week(january), Some(Cents(1_252)));
        let matched = &january.actuals.matched;
        assert_eq!((matched.gross_cents, matched.open_cents), (Cents(27_000), Cents(8_999)));
        assert_eq!(matched.basis.net_cents, Cents(10_801), "all of it is of January's work");
        let since = record.since_start(&all).unwrap();
        assert_eq!((since.kept_cents, since.seconds), (Cents(10_801), 15_120));
    });
}

#[test]
fn work_of_january_that_is_paid_in_february_is_of_january_on_the_basis_of_work() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close().await;
        let (elm, sam) = (scene.cast.elm, scene.cast.sam.id);
        let mut tx = scene.house.house.begin(&Acting::Job { practice: elm }).await.unwrap();
        pays(&mut tx, elm, sam, 8_999, date(2026, 2, 4)).await;
        tx.commit().await.unwrap();

        let all = of_ben(&scene).await.1;

        // 60 % of $89.99 is $53.994, so $53.99, posted in February.
        let cash: Vec<i64> = all.iter().map(|it| it.actuals.cash.net_cents.0).collect();
        let work: Vec<i64> = all.iter().map(|it| it.actuals.matched.basis.net_cents.0).collect();
        assert_eq!(cash, [10_801, 5_399]);
        assert_eq!(work, [16_200, 0]);
        assert_eq!(all[0].actuals.matched.open_cents, Cents::ZERO);
        assert_eq!(all[1].actuals.cash.effective_hour_net.bound, Bound::None, "no hour is known");
    });
}

#[test]
fn where_every_kind_is_known_an_hour_is_exact() {
    run(async |house| {
        let scene = Scene::january(house).await;
        for (id, kind) in crate::model::ASKED.iter().enumerate() {
            let minutes = if *kind == TimeKind::Training { 90 } else { 0 };
            says(&scene, id as u128, *kind, date(2026, 1, 14), minutes).await;
        }

        let hour = of_ben(&scene).await.1[0].actuals.cash.effective_hour_net;

        assert_eq!((hour.bound, hour.low), (Bound::Exact, Some(Cents(2_572))));
    });
}

#[test]
fn her_own_word_stands_in_place_of_what_was_measured() {
    run(async |house| {
        let scene = Scene::january(house).await;
        says(&scene, 1, TimeKind::Notes, date(2026, 1, 12), 10).await;

        let january = &of_ben(&scene).await.1[0];

        let notes = january.actuals.hours.by_kind_s[&TimeKind::Notes];
        assert_eq!(notes, (15 + 10) * 60, "10 minutes that evening, not 24");
        assert_eq!(january.said_s, 600);
        assert_eq!(january.actuals.hours.corrected_by_s, -14 * 60);
    });
}

/// By hand: Una owns her practice alone. $1,000.00 came in; a session of 60 minutes was measured.
/// Net is all of it. Self-employment tax: 92.35 % is $923.50; 12.4 % of it $114.51, 2.9 % $26.78;
/// half of $141.29 is $70.645, so $70.65; $929.35 are left.
#[test]
fn a_sole_owner_keeps_what_is_collected_less_costs() {
    run(async |house| {
        let oak = people::found(&house.house, &people::cast::oak_lane()).await.unwrap();
        let job = Acting::Job { practice: oak.practice };
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
        charged(&mut tx, oak.practice, 1, (una, kim.id), 120_000).await;
        pays(&mut tx, oak.practice, kim.id, 100_000, date(2026, 1, 20)).await;
        payouts::close(&mut tx, oak.practice, bookkeeping::Period::of(JANUARY)).await.unwrap();
        tx.commit().await.unwrap();
        let place = ground::acting::Place {
            practice: oak.practice,
            is_operator: false,
            roles: [ground::policy::Role::Owner, ground::policy::Role::Clinician].into(),
        };
        let worker = people::cast::Worker { person: oak.founder, address: String::new(), place };
        let session = ("2026-01-05T16:00:00Z", "2026-01-05T17:00:00Z");
        wrote(&house, oak.practice, &worker.acting(), 1, Kind::Session, session).await;

        let mut tx = house.house.begin(&worker.acting()).await.unwrap();
        let clinicians = people::clinicians(&mut tx, oak.practice).await.unwrap();
        let record = record::record(&mut tx, oak.practice, &clinicians[0], true).await.unwrap();
        let all = record.figures().unwrap();

        assert!(record.is_owner);
        let cash = &all[0].actuals.cash;
        assert_eq!((cash.net_cents, cash.kept_cents), (Cents(100_000), Cents(92_935)));
        assert_eq!(cash.effective_hour_net.high, Some(Cents(100_000)));
        assert_eq!(all[0].outside_s, None, "no hours were ever opened");
    });
}

#[test]
fn the_steps_meet_and_end_at_the_hour() {
    run(async |house| {
        let scene = Scene::january(house).await;
        says(&scene, 1, TimeKind::Training, date(2026, 1, 14), 90).await;
        let all = of_ben(&scene).await.1;

        for is_owner in [false, true] {
            let steps = falls::steps(&all[0], is_owner).unwrap();
            for pair in steps.windows(2) {
                let is_joined = pair[1].is_whole() || pair[1].from == pair[0].to;
                assert!(is_joined, "{pair:?}");
                let is_summed = !pair[1].is_whole() || pair[1].to == pair[0].to;
                assert!(is_summed, "{pair:?}");
            }
            let hour = all[0].actuals.cash.effective_hour_net;
            let known = hour.high.or(hour.low);
            assert_eq!(steps.last().map(|it| it.to), known, "{steps:?}");
        }
        assert_eq!(falls::steps(&all[1], false), None, "no session, no hour");
    });
}

#[test]
fn closed_months_are_one_fraction_by_their_work_and_one_alone_is_no_window() {
    run(async |house| {
        let scene = Scene::january(house).await;
        scene.close().await;
        let (mut record, all) = of_ben(&scene).await;
        assert_eq!(record.trailing(&all).unwrap(), None, "February is open");
        assert_eq!(record.trailing(&all[..1]).unwrap(), None, "January is alone");

        record.months[1].statement = record.months[0].statement;
        let (first, window) = record.trailing(&all).unwrap().unwrap();

        assert_eq!(first.first_day(), JANUARY);
        assert_eq!(window.kept_cents, Cents(10_801));
        assert_eq!(window.seconds, 162 * 60);
        assert_eq!(window.effective_hour.bound, Bound::AtMost);
    });
}
