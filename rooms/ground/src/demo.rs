//! A demo: a house in which everybody is made up. That it is one is a fact of its database, set
//! before anybody is in it; no setting makes a demo of a real house, or the other way round.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::acting::Acting;
use crate::clock::wall;
use crate::db::{self, Instant};
use crate::house::House;

/// One day, as *next day* turns it.
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// What is known of a demo.
#[derive(Debug, Clone)]
pub struct Demo {
    /// The zone in which its day is said.
    pub zone: TimeZone,
}

/// Makes this house a demo. It must be empty: `demo_is_alone` refuses it otherwise.
///
/// # Errors
/// As the database says.
pub async fn begin(house: &House, zone: &TimeZone) -> db::Result<()> {
    let mut tx = house.begin(&Acting::Door).await?;
    sqlx::query("insert into ground.demo (made_at, zone, offset_ms) values ($1, $2, $3)")
        .bind(Instant(wall()))
        .bind(zone.iana_name().unwrap_or("UTC"))
        .bind(away(house.now()))
        .execute(&mut *tx)
        .await?;
    tx.commit().await?;
    house.is_demo(Demo { zone: zone.clone() });
    Ok(())
}

/// Keeps how far business time has come, when the demo is made.
///
/// # Errors
/// As the database says.
pub async fn keep_time(house: &House) -> db::Result<()> {
    set(house, away(house.now())).await
}

/// Learns at start whether this house is a demo, and which day it has there.
///
/// # Errors
/// As the database says.
pub async fn learn(house: &House) -> db::Result<()> {
    let mut tx = house.begin(&Acting::Door).await?;
    let found: Option<(String, i64)> =
        sqlx::query_as("select d.zone, d.offset_ms from ground.demo d")
            .fetch_optional(&mut *tx)
            .await?;
    let Some((zone, offset_ms)) = found else {
        return Ok(());
    };
    house.clock().shift(SignedDuration::from_millis(offset_ms));
    house.is_demo(Demo { zone: TimeZone::get(&zone).unwrap_or(TimeZone::UTC) });
    Ok(())
}

/// Turns the day. What is due by then is done by the worker as it comes to it.
///
/// # Errors
/// As the database says.
pub async fn next_day(house: &House) -> db::Result<()> {
    house.clock().advance(DAY);
    set(house, away(house.now())).await
}

async fn set(house: &House, offset_ms: i64) -> db::Result<()> {
    let mut tx = house.begin(&Acting::Door).await?;
    sqlx::query("update ground.demo set offset_ms = $1").bind(offset_ms).execute(&mut *tx).await?;
    tx.commit().await
}

/// How far an instant is from the wall clock, in milliseconds.
fn away(at: Timestamp) -> i64 {
    at.as_millisecond() - wall().as_millisecond()
}
