//! Codes of outpatient therapy: minutes to CPT and units, place to modifiers, words to ICD-10-CM.
//!
//! 1. Minutes are measured: whole ones that passed, never rounded up and never counted twice.
//! 2. A code is *suggested* from minutes and the kind of service; the clinician decides.
//! 3. Descriptors of CPT belong to the American Medical Association and are not here: the short
//!    words are our own.
//! 4. Diagnoses are billable leaves of ICD-10-CM on a day, with source and release stated.
//!
//! It does not know what a payer pays, who may bill, or what a note says.
//!
//! ```
//! use codes::{Service, cpt_for};
//!
//! let coded = cpt_for(53, Service::Individual)?;
//! assert_eq!(coded[0].cpt.code(), "90837");
//! # Ok::<(), codes::TooShort>(())
//! ```

mod cpt;
mod day;
mod evaluation;
pub mod icd;
mod place;
mod service;

pub use cpt::{CPTS, Cpt};
pub use day::{Billed, DayFault, day_faults, minutes_of, overlaps};
pub use evaluation::{Evaluation, coded as evaluation_coded, units_30, units_60};
pub use icd::{Diagnosis, diagnosis, search};
pub use place::{Means, Modifier, Place, VideoModifier, modifiers, place_of_service};
pub use service::{Coded, Service, TooShort, cpt_for, may_add_interactive};

#[cfg(test)]
mod tests;
