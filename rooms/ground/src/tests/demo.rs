//! A demo is made in an empty house and nowhere else.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use sqlx::Executor;

use crate::testing::run;
use crate::{db, demo};

#[test]
fn a_demo_keeps_its_own_day_and_turns_it() {
    run(async |house| {
        let house = house.house;
        assert!(house.demo().is_none());
        demo::begin(&house, &TimeZone::UTC).await.unwrap();
        let before = house.now();

        demo::next_day(&house).await.unwrap();

        assert!(house.demo().is_some());
        assert_eq!(house.now().duration_since(before), SignedDuration::from_hours(24));
    });
}

#[test]
fn a_house_in_which_somebody_is_never_becomes_a_demo() {
    run(async |house| {
        let mut superuser = house.superuser().await;
        let sql = "insert into people.practice values
            ('00000000-0000-7000-8000-000000000001', 'operator', 'Real', 'Real', null, 'UTC', now());
            insert into people.operator (practice_id)
            values ('00000000-0000-7000-8000-000000000001')";
        superuser.execute(sql).await.unwrap();

        let made = demo::begin(&house.house, &TimeZone::UTC).await;

        assert!(matches!(made, Err(db::Error::Conflict(name)) if name == "demo_is_alone"));
        assert!(house.house.demo().is_none());
    });
}
