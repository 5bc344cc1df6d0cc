//! Cards, of which a processor keeps something, and fees for visits that were missed.

use axum::http::StatusCode;
use bookkeeping::Period;
use ground::testing::{TestHouse, run_with_faults};
use ids::{AppointmentId, Uuid};
use jiff::civil::date;
use money::Cents;
use people::cast::{self, Cast};
use sqlx::{AssertSqlSafe, Executor};

use super::pages::{bo, browser};
use super::{Arrived, Posted, Way, at_elm, cash, charged, sam_owes};

/// Runs a test, then the invariants of money: a missed visit is planted here, and lacks what its own
/// room would have written with it.
fn run<F: Future<Output = ()>>(test: impl FnOnce(TestHouse) -> F) {
    run_with_faults(async |house| {
        test(house.clone()).await;
        let is_of_money = |it: &String| ["I01", "I02", "I17"].iter().any(|i| it.starts_with(i));
        let faults: Vec<String> = house.faults().await.into_iter().filter(is_of_money).collect();
        assert_eq!(faults, Vec::<String>::new(), "invariants after the test");
    });
}

/// Ben waits for Sam on February 5, in vain.
async fn missed(house: &TestHouse, cast: &Cast) -> AppointmentId {
    let id = Uuid::from_u128(0xa99);
    let at = "2026-02-05T18:00:00Z";
    let mut superuser = house.superuser().await;
    superuser.execute("set session_replication_role = replica").await.unwrap();
    let sql = format!(
        "insert into calendar.appointment (practice_id, appointment_id, clinician_id,
                visit_type_id, starts_at, ends_at, before_min, after_min, place, state, made_at)
         values ('{elm}', '{id}', '{ben}', gen_random_uuid(), '{at}',
                 '{at}'::timestamptz + interval '50 minutes', 0, 0, 'office', 'missed', '{at}');
         insert into calendar.outcome (practice_id, appointment_id, client_id, outcome, said_by,
                said_for, said_at, is_late)
         values ('{elm}', '{id}', '{sam}', 'missed', '{by}', 'practice', '{at}', false)",
        elm = cast.elm,
        ben = cast.ben_treats.id,
        sam = cast.sam.id,
        by = cast.ben.person,
    );
    superuser.execute(AssertSqlSafe(sql)).await.unwrap();
    AppointmentId(id)
}

#[test]
fn a_card_pays_whole_and_what_its_processor_kept_is_each_clinicians_by_their_part() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let (ada, ben, sam) = (cast.ada_treats.id, cast.ben_treats.id, cast.sam.id);
        let mut tx = at_elm(&house, &cast).await;
        charged(&mut tx, &cast, 1, sam_owes(sam), (ada, 10_000)).await;
        charged(&mut tx, &cast, 2, sam_owes(sam), (ben, 5_000)).await;
        // 150.00 for the two and 20.00 for what is to come; the processor kept 5.23.
        let way = Way::Card { fee: Cents(523) };
        let card = Arrived { way, ..cash(sam, 7, 17_000) };
        for is_new in [true, false] {
            assert_eq!(crate::record_payment(&mut tx, cast.elm, &card).await.unwrap(), is_new);
        }
        let february = Period::of(date(2026, 2, 1));

        let fees = crate::card_fees(&mut tx, cast.elm, (february, february)).await.unwrap();
        let all = crate::queries::titles(&mut tx, cast.elm).await.unwrap();
        tx.commit().await.unwrap();

        // 100, 50 and 20 of 170 of it are 3.0764, 1.5382 and 0.6152: 5.21, and a cent each to the
        // two largest rests.
        let mut parts: Vec<_> = fees.iter().map(|it| (it.clinician, it.cents.0)).collect();
        parts.sort();
        let mut expected = vec![(Some(ada), 308), (Some(ben), 154), (None, 61)];
        expected.sort();
        assert_eq!(parts, expected);
        let of = |title| all.iter().find(|(it, _)| *it == title).unwrap().1.0;
        assert_eq!(of(bookkeeping::Title::Bank), 17_000 - 523);
        assert_eq!(of(bookkeeping::Title::CardFees), 523);
        assert_eq!(of(bookkeeping::Title::ClientUnapplied), -2_000);
    });
}

#[test]
fn a_fee_on_the_form_is_a_cards_and_less_than_the_amount() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let bo = browser(&house, &bo(&cast, &[ground::policy::Service::Billing]));
        let at = format!("/p/{}/books/payments", cast.elm);
        let (sam, once) = (cast.sam.id.to_string(), Uuid::from_u128(5).to_string());
        let form = |way: &'static str, fee: &'static str| {
            let (sam, once) = (sam.clone(), once.clone());
            let day = [("on_month", "2"), ("on_day", "9"), ("on_year", "2026")];
            let day = day.map(|(name, value)| (name, value.to_owned()));
            let rest = [("client", sam), ("cents", "75.00".to_owned()), ("once", once)];
            let card = [("way", way.to_owned()), ("fee", fee.to_owned())];
            day.into_iter().chain(rest).chain(card).collect::<Vec<_>>()
        };
        for (way, fee, says) in [
            ("card", "75.00", "less than the amount"),
            ("card", "-1", "less than the amount"),
            ("card", "2.485", "less than the amount"),
            ("cash", "2.48", "Only a card has a fee"),
        ] {
            let form = form(way, fee);
            let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (*name, &**it)).collect();
            let answer = bo.post(&at, &form).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{way} {fee}");
            assert!(answer.page.contains(says), "{way} {fee}: {}", answer.page);
        }

        let form = form("card", "$2.48");
        let form: Vec<(&str, &str)> = form.iter().map(|(name, it)| (*name, &**it)).collect();
        let to = bo.post(&at, &form).await.to.unwrap();

        let page = bo.get(&to).await.page;
        for says in ["Card", "$75.00", "Card fee, borne by the practice", "2.48"] {
            assert!(page.contains(says), "{says}: {page}");
        }
    });
}

#[test]
fn a_missed_visit_is_charged_once_and_paid_like_a_charge_but_for_no_work() {
    run(async |house| {
        let cast = cast::everybody(&house.house).await.unwrap();
        let sam = cast.sam.id;
        let visit = missed(&house, &cast).await;
        let mut tx = at_elm(&house, &cast).await;
        crate::record_payment(&mut tx, cast.elm, &cash(sam, 7, 5_000)).await.unwrap();

        let none = AppointmentId(Uuid::from_u128(1));
        let nobodys = crate::charge_missed(&mut tx, cast.elm, sam, none, Cents(7_500)).await;
        assert_eq!(nobodys.unwrap(), None);
        let mut posted = Vec::new();
        for cents in [7_500, 9_900] {
            let cents = Cents(cents);
            let it = crate::charge_missed(&mut tx, cast.elm, sam, visit, cents).await.unwrap();
            posted.push(it.unwrap());
        }
        assert!(matches!(posted[..], [Posted::Now(one), Posted::Before(two)] if one == two));

        // What waited is laid on it: 50.00 of 75.00.
        let bill = crate::bill_of(&mut tx, cast.elm, sam).await.unwrap();
        assert!(bill.lines[0].is_for_missed);
        assert_eq!((bill.owes, bill.waiting), (Cents(2_500), Cents::ZERO));
        let february = Period::of(date(2026, 2, 1));
        let ben = cast.ben_treats.id;
        let collected = crate::collected(&mut tx, cast.elm, ben, february).await.unwrap();
        assert!(collected.iter().all(|it| it.is_for_missed));
        let charged = crate::missed_visits(&mut tx, cast.elm, sam).await.unwrap();
        assert_eq!(charged[0].charged, Some(Cents(7_500)));
        tx.commit().await.unwrap();
    });
}
