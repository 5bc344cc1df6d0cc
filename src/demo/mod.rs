//! The demo: a house in which everybody is made up, made by living through eight weeks of it.
//!
//! It stands in a fixed span of the calendar with a fixed seed, so that its figures are the same on
//! any day. People are founded by the rooms' verbs; what they do, they do at the house's own doors,
//! where the charter is asked about each act.

mod cast;
mod clients;
mod door;
mod money;
mod weeks;

use ground::House;
use ground::db::Stores;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::terminal::Progress;

/// Steps of the making, for its progress: everybody, and eight weeks.
const STEPS: u64 = 9;
/// The seed of its ids.
pub const SEED: u64 = 20_260_907;

/// When the first day of the demo begins.
pub fn begins() -> anyhow::Result<Timestamp> {
    let zone = TimeZone::get("America/Chicago")?;
    Ok(weeks::FIRST.at(7, 0, 0, 0).to_zoned_datetime(zone)?.timestamp())
}

/// Makes the demo in an empty house whose clock stands at [`begins`].
///
/// # Errors
/// Where somebody is in the house already, or something on the way says no.
pub async fn make(house: &House, stores: &Stores) -> anyhow::Result<()> {
    let mut progress = Progress::of(STEPS);
    let zone = TimeZone::get("America/Chicago")?;
    match ground::demo::begin(house, &zone).await {
        Err(ground::db::Error::Conflict(name)) if name == "demo_is_alone" => {
            anyhow::bail!("somebody is in this house already; a demo is made in an empty one")
        }
        Err(ground::db::Error::Conflict(name)) if name == "demo_pkey" => {
            anyhow::bail!("this house is a demo already")
        }
        begun => begun?,
    }
    progress.step("everybody comes");
    let cast = cast::found(house).await?;
    weeks::Weeks::begin(house, &cast).await?.live(stores, &mut progress).await?;
    ground::demo::keep_time(house).await?;
    progress.end();
    Ok(())
}
