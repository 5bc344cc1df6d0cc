//! What hours tells: whether somebody new may be put before a clinician.

use ground::events::Event;
use ids::{ClinicianId, Uuid};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// A clinician takes nobody new from now on.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct IntakePaused {
    /// Who.
    pub clinician: ClinicianId,
    /// Until this date, if she named one.
    pub reopens_on: Option<Date>,
}

impl Event for IntakePaused {
    const KIND: &'static str = "hours.intake_paused";

    fn subject(&self) -> Uuid {
        self.clinician.0
    }
}

/// A clinician takes new clients again.
#[derive(Debug, Clone, Serialize, Deserialize, PartialEq, Eq)]
pub struct IntakeReopened {
    /// Who.
    pub clinician: ClinicianId,
}

impl Event for IntakeReopened {
    const KIND: &'static str = "hours.intake_reopened";

    fn subject(&self) -> Uuid {
        self.clinician.0
    }
}
