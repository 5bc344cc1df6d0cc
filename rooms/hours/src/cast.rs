//! Hours for the cast: later rooms' tests and the demo say who works when. They act as the
//! clinician, since nobody else can.

use ground::{House, db};
use ids::{ClinicianId, PracticeId};
use people::cast::Worker;

use crate::Window;

/// From nine to five.
pub const NINE_TO_FIVE: openings::Hours = openings::Hours { opens_min: 540, closes_min: 1_020 };

/// Opens a clinician's weekdays from nine to five, to anybody, anywhere.
///
/// # Errors
/// As the database says.
pub async fn works_weekdays(
    house: &House,
    who: &Worker,
    practice: PracticeId,
    clinician: ClinicianId,
) -> db::Result<()> {
    let windows = [0, 1, 2, 3, 4].map(|weekday| Window {
        weekday,
        hours: NINE_TO_FIVE,
        only_for: None,
        only_at: None,
    });
    let mut tx = house.begin(&who.acting()).await?;
    let once = house.new_id();
    crate::open_week(&mut tx, practice, clinician, once, &windows).await?;
    tx.commit().await
}
