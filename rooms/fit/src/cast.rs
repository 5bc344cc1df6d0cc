//! What the cast says about whom they see: later rooms' tests and the demo begin with it.

use ground::{House, db};
use ids::{ClinicianId, PracticeId};
use matching::{Mode, Rating, Training};
use people::cast::Worker;

use crate::Profile;

/// Somebody who sees adults by video and in the office, with Lone Star Health and for 140 dollars,
/// whose specialties are anxiety and sleep.
pub fn sees_adults() -> Profile {
    Profile {
        concerns: [
            ("generalized-anxiety".into(), Rating::Specialty),
            ("insomnia".into(), Rating::Specialty),
            ("depression".into(), Rating::Treats),
        ]
        .into(),
        modalities: [("cbt".into(), Training::Trained)].into(),
        languages: ["en".into()].into(),
        payers: [terms::cast::lonestar().to_string()].into(),
        meets: [Mode::Video, Mode::Office].into(),
        age_min: 18,
        age_max: 120,
        self_pay_cents: Some(14_000),
        style: Some("asks".into()),
    }
}

/// Says it for a clinician, who says it themselves.
///
/// # Errors
/// As the database says.
pub async fn says(
    house: &House,
    who: &Worker,
    practice: PracticeId,
    clinician: ClinicianId,
    profile: &Profile,
) -> db::Result<()> {
    let mut tx = house.begin(&who.acting()).await?;
    crate::say(&mut tx, practice, clinician, profile).await?;
    tx.commit().await
}
