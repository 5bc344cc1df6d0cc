//! A share of a whole, in basis points: one hundredth of a per cent.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::Error;

/// A share of a whole in basis points, 0 to 10,000: 65 % is `BasisPoints(6_500)`.
///
/// What arrives from outside is held to that range ([`BasisPoints::checked`], and when read);
/// the field is open so that constants and tests stay legible.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct BasisPoints(pub u32);

impl BasisPoints {
    /// Nothing of it.
    pub const NONE: Self = Self(0);
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// A share that is no more than the whole.
    ///
    /// # Errors
    /// [`Error::OverWhole`] above 10,000.
    pub fn checked(points: u32) -> Result<Self, Error> {
        let share = Self(points);
        if share <= Self::WHOLE { Ok(share) } else { Err(Error::OverWhole) }
    }

    /// What remains of the whole.
    ///
    /// # Errors
    /// [`Error::OverWhole`] when this share is above the whole.
    pub fn rest(self) -> Result<Self, Error> {
        Self::WHOLE.0.checked_sub(self.0).map(Self).ok_or(Error::OverWhole)
    }
}

impl fmt::Display for BasisPoints {
    /// For machines: the bare number of basis points.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for BasisPoints {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::checked(u32::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_at_most_the_whole() {
        assert_eq!(BasisPoints::checked(10_000), Ok(BasisPoints::WHOLE));
        assert_eq!(BasisPoints::checked(10_001), Err(Error::OverWhole));
        assert_eq!(BasisPoints(3_500).rest(), Ok(BasisPoints(6_500)));
        assert_eq!(BasisPoints(10_001).rest(), Err(Error::OverWhole));
    }

    #[test]
    fn what_is_read_is_a_whole_number_within_the_whole() {
        assert_eq!(serde_json::from_str::<BasisPoints>("6500").unwrap(), BasisPoints(6_500));
        for text in ["10001", "-1", "65.5", "65.0", "\"6500\"", "null"] {
            assert!(serde_json::from_str::<BasisPoints>(text).is_err(), "{text}");
        }
        assert_eq!(serde_json::to_string(&BasisPoints(6_500)).unwrap(), "6500");
    }
}
