//! Psychological testing: minutes are summed over the whole evaluation before they become units.
//!
//! Source: APA Services, "Testing Billing and Coding Guide" (structure of 2019-01-01). A unit
//! begins when its midpoint is passed, and one minute never counts for two families.

use crate::cpt::Cpt;
use crate::service::Coded;

/// One family of testing: a base code, and another for each further unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Evaluation {
    /// Choosing, integrating, deciding, reporting, feedback.
    Psychological,
    /// The same, of the nervous system.
    Neuropsychological,
    /// Giving and scoring tests oneself.
    Testing,
    /// A technician gives and scores them.
    TestingByTechnician,
}

/// Units of an hour: from 31 minutes, then from 91, 151 and so on.
pub fn units_60(minutes: u32) -> u32 {
    minutes.saturating_add(29) / 60
}

/// Units of half an hour: from 16 minutes, then from 46, 76 and so on.
pub fn units_30(minutes: u32) -> u32 {
    minutes.saturating_add(14) / 30
}

/// The lines of one family for all its minutes: the base once, then what follows; none where they
/// are too few.
pub fn coded(family: Evaluation, minutes: u32) -> Vec<Coded> {
    let (base, more, units) = match family {
        Evaluation::Psychological => {
            (Cpt::TEST_EVALUATION, Cpt::TEST_EVALUATION_MORE, units_60(minutes))
        }
        Evaluation::Neuropsychological => {
            (Cpt::NEURO_EVALUATION, Cpt::NEURO_EVALUATION_MORE, units_60(minutes))
        }
        Evaluation::Testing => (Cpt::TESTING, Cpt::TESTING_MORE, units_30(minutes)),
        Evaluation::TestingByTechnician => {
            (Cpt::TESTING_BY_TECHNICIAN, Cpt::TESTING_BY_TECHNICIAN_MORE, units_30(minutes))
        }
    };
    match units {
        0 => vec![],
        1 => vec![Coded::once(base)],
        many => vec![Coded::once(base), Coded { cpt: more, units: many - 1 }],
    }
}
