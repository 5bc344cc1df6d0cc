//! Column types over `jiff`: instants, days and wall-clock times.

use jiff::{SignedDuration, Span, Timestamp, civil};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::postgres::{PgArgumentBuffer, PgHasArrayType, PgTypeInfo, PgValueFormat, PgValueRef};
use sqlx::{Decode, Encode, Postgres, Type};

/// PostgreSQL counts microseconds and days from 2000-01-01.
const EPOCH_US: i64 = 946_684_800_000_000;
const EPOCH_DAY: civil::Date = civil::date(2000, 1, 1);

/// A `timestamptz`: an instant, to the microsecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(pub Timestamp);

/// A `date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(pub civil::Date);

/// A `time`: wall clock, to the microsecond. `24:00` does not fit and is refused on reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct WallTime(pub civil::Time);

macro_rules! column {
    ($type:ident, $name:literal, $array:literal, $wire:ty) => {
        impl Type<Postgres> for $type {
            fn type_info() -> PgTypeInfo {
                PgTypeInfo::with_name($name)
            }
        }

        impl PgHasArrayType for $type {
            fn array_type_info() -> PgTypeInfo {
                PgTypeInfo::with_name($array)
            }
        }

        impl Encode<'_, Postgres> for $type {
            fn encode_by_ref(&self, buffer: &mut PgArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let wire: $wire = self.to_wire()?;
                <$wire as Encode<Postgres>>::encode(wire, buffer)
            }
        }

        impl Decode<'_, Postgres> for $type {
            fn decode(value: PgValueRef<'_>) -> Result<Self, BoxDynError> {
                if value.format() != PgValueFormat::Binary {
                    return Err(concat!($name, " came as text").into());
                }
                Self::from_wire(<$wire as Decode<Postgres>>::decode(value)?)
            }
        }
    };
}

column!(Instant, "timestamptz", "_timestamptz", i64);
column!(Day, "date", "_date", i32);
column!(WallTime, "time", "_time", i64);

impl Instant {
    fn to_wire(self) -> Result<i64, BoxDynError> {
        self.0.as_microsecond().checked_sub(EPOCH_US).ok_or_else(|| "instant out of range".into())
    }

    fn from_wire(us: i64) -> Result<Self, BoxDynError> {
        let us = us.checked_add(EPOCH_US).ok_or("instant out of range")?;
        Ok(Self(Timestamp::from_microsecond(us)?))
    }
}

impl Day {
    fn to_wire(self) -> Result<i32, BoxDynError> {
        Ok(EPOCH_DAY.until(self.0)?.get_days())
    }

    fn from_wire(days: i32) -> Result<Self, BoxDynError> {
        Ok(Self(EPOCH_DAY.checked_add(Span::new().try_days(days)?)?))
    }
}

impl WallTime {
    fn to_wire(self) -> Result<i64, BoxDynError> {
        Ok(i64::try_from(civil::Time::midnight().duration_until(self.0).as_micros())?)
    }

    fn from_wire(us: i64) -> Result<Self, BoxDynError> {
        Ok(Self(civil::Time::midnight().checked_add(SignedDuration::from_micros(us))?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn days_and_instants_count_from_the_year_2000() {
        let day = Day(civil::date(2026, 11, 10));
        assert_eq!(day.to_wire().unwrap(), 9810);

        let at = Instant("2000-01-01T00:00:01Z".parse().unwrap());
        assert_eq!(at.to_wire().unwrap(), 1_000_000);

        let noon = WallTime(civil::time(12, 0, 0, 0));
        assert_eq!(noon.to_wire().unwrap(), 43_200_000_000);
    }

    #[test]
    fn the_end_of_the_day_is_no_wall_time() {
        assert!(WallTime::from_wire(86_400_000_000).is_err());
    }

    proptest! {
        #[test]
        fn a_day_comes_back_as_it_went(days in -3_000_000..2_900_000_i32) {
            if let Ok(day) = Day::from_wire(days) {
                prop_assert_eq!(day.to_wire().unwrap(), days);
            }
        }

        #[test]
        fn an_instant_comes_back_as_it_went(us in any::<i64>()) {
            if let Ok(at) = Instant::from_wire(us) {
                prop_assert_eq!(at.to_wire().unwrap(), us);
            }
        }
    }
}
