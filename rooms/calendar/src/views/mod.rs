//! The pages of the calendar: values to HTML. No question is asked here, and nothing is decided.

pub mod booking;
pub mod visit;
pub mod week;

use ground::frame;
use ground::html::{Faults, Head};
use ground::web::assets;
use ids::{AppointmentId, ClientId, PracticeId};
use maud::Markup;

/// Where the pages of one who books are: under the practice, or a client's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Somebody who works here, for a client.
    Practice(PracticeId, ClientId),
    /// A client, for themselves.
    Me(PracticeId),
}

impl At {
    /// The page on which a time is chosen.
    pub fn booking(self) -> String {
        match self {
            Self::Practice(practice, client) => format!("/p/{practice}/clients/{client}/booking"),
            Self::Me(_) => "/me/visits/booking".into(),
        }
    }

    /// The page of one appointment.
    pub fn appointment(self, id: AppointmentId) -> String {
        match self {
            Self::Practice(practice, _) => format!("/p/{practice}/appointments/{id}"),
            Self::Me(_) => format!("/me/visits/{id}"),
        }
    }

    /// What every address of the booking page begins with.
    pub fn practice(self) -> PracticeId {
        match self {
            Self::Practice(practice, _) | Self::Me(practice) => practice,
        }
    }
}

/// Titles name times and never people: others may read the tab.
fn page(title: &str, faults: &Faults, main: Markup) -> Markup {
    frame::page(&Head::new(assets(), title).faults(faults), main)
}
