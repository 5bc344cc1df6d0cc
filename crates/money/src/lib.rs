//! Money in whole cents, shares in basis points, and divisions that lose nothing.
//!
//! 1. No float enters or leaves: an amount is an `i64` of cents, a share an integer of 1/10,000.
//! 2. Nothing wraps and nothing panics: what would overflow is an [`Error`].
//! 3. What is divided adds up again to the cent, and nobody is a whole cent off.
//!
//! This crate knows no currency but the dollar and writes amounts for machines only
//! (`-12.05`); how a person reads them is a page's affair. What a person *types* is read here
//! ([`read_typed`]), so that every form takes the same.
//!
//! ```
//! use money::{BasisPoints, Cents, divide};
//!
//! let parts = divide(Cents(100), &[BasisPoints(6_500), BasisPoints(3_500)])?;
//! assert_eq!(parts, [Cents(65), Cents(35)]);
//! # Ok::<(), money::Error>(())
//! ```

// No sum that could wrap and no float compiles here; where a plain operator stands, it says why
// it cannot.
#![deny(clippy::arithmetic_side_effects, clippy::float_arithmetic, clippy::as_conversions)]
#![cfg_attr(test, allow(clippy::arithmetic_side_effects, reason = "a test may panic"))]

mod allocation;
mod cents;
mod rounding;
mod share;
mod typed;

pub use allocation::{allocate, divide, share_of};
pub use cents::{CENTS_LIMIT, Cents};
pub use rounding::div_round;
pub use share::BasisPoints;
pub use typed::{Misread, read_typed};

use std::fmt;

/// Why an amount could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Error {
    /// The result does not fit 64 bits of cents.
    Overflow,
    /// A weight is negative, or all weights are zero: there is nothing to divide by.
    Weights,
    /// The shares do not make one whole (10,000 basis points).
    Shares,
    /// A share is more than the whole.
    OverWhole,
    /// The divisor is not above zero.
    Divisor,
    /// The text is not an amount in dollars with at most two decimals.
    NotAnAmount,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Overflow => "the amount is too large to be kept",
            Self::Weights => "weights are zero or more, and at least one is above zero",
            Self::Shares => "shares add up to 10,000 basis points",
            Self::OverWhole => "a share is at most 10,000 basis points",
            Self::Divisor => "the divisor is above zero",
            Self::NotAnAmount => "an amount is digits with at most two decimals",
        })
    }
}

impl std::error::Error for Error {}
