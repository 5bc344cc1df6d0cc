//! The one test binary of the house: linking is what costs.

mod browser;
