//! What calendar tells: ids alone. Whom it was for, later rooms need; what was talked of, nobody.

use ground::events::Event;
use ids::{AppointmentId, ClientId, ClinicianId, Uuid};
use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $kind:literal;)+) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub struct $name {
            /// Which appointment.
            pub appointment: AppointmentId,
            /// With whom.
            pub clinician: ClinicianId,
            /// For whom.
            pub client: ClientId,
        }

        impl Event for $name {
            const KIND: &'static str = $kind;

            fn subject(&self) -> Uuid {
                self.appointment.0
            }
        }
    )+};
}

events! {
    /// A time was promised.
    Booked = "calendar.booked";
    /// It was called off.
    Canceled = "calendar.cancelled";
    /// It took place.
    Kept = "calendar.kept";
    /// The client did not come.
    Missed = "calendar.missed";
}
