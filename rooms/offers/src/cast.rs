//! Offers for the cast: later rooms' tests and the demo take somebody from a request to care. Each
//! acts as themselves, by the room's own verbs.

use ground::policy::Act;
use ground::{House, web};
use ids::{ClientId, EpisodeId, PracticeId};
use people::Clinician;
use people::cast::Worker;

use crate::{Acceptance, NewOffer, Offer, Places, known_to};

/// Whoever may puts a request before a clinician.
///
/// # Errors
/// As the charter and the database say.
pub async fn puts_before(
    house: &House,
    who: &ground::Acting,
    clinician: &Clinician,
    new: &NewOffer,
) -> web::Result<Offer> {
    let mut tx = house.begin(who).await?;
    let named = crate::Named { practice: new.practice, id: new.id.0, clinician: clinician.person };
    let practice = known_to(who, new.practice)?;
    let permit = tx.may(Act::MakeOffer, &named, &[&practice]).await?;
    crate::make(&mut tx, &permit, new).await?;
    let offer = crate::find(&mut tx, new.practice, new.id).await?.ok_or(web::Error::NotFound)?;
    tx.commit().await?;
    Ok(offer)
}

/// A clinician says yes.
///
/// # Errors
/// As the charter and the database say; `Conflict` where the offer is over or no place is free.
pub async fn says_yes(house: &House, who: &Worker, offer: &Offer) -> web::Result<ClientId> {
    let acting = who.acting();
    let mut tx = house.begin(&acting).await?;
    let practice = known_to(&acting, offer.practice)?;
    let permit = tx.may(Act::AnswerOffer, &offer.named(), &[&practice]).await?;
    match crate::accept(&mut tx, &permit, offer, Places::AsSaid).await? {
        Acceptance::Client(client) => {
            tx.commit().await?;
            Ok(client)
        }
        Acceptance::Full { .. } | Acceptance::Over(_) => {
            Err(web::Error::Conflict("this offer makes no client".into()))
        }
    }
}

/// A clinician says no.
///
/// # Errors
/// As the charter and the database say.
pub async fn says_no(house: &House, who: &Worker, offer: &Offer) -> web::Result<()> {
    let acting = who.acting();
    let mut tx = house.begin(&acting).await?;
    let practice = known_to(&acting, offer.practice)?;
    let permit = tx.may(Act::AnswerOffer, &offer.named(), &[&practice]).await?;
    crate::decline(&mut tx, &permit, offer).await?;
    Ok(tx.commit().await?)
}

/// A clinician treats somebody who is a client already.
///
/// # Errors
/// As the database says.
pub async fn treats(
    house: &House,
    who: &Worker,
    practice: PracticeId,
    client: ClientId,
    clinician: &Clinician,
) -> web::Result<EpisodeId> {
    let mut tx = house.begin(&who.acting()).await?;
    let episode = crate::begin_care(&mut tx, practice, client, clinician.id).await?;
    tx.commit().await?;
    Ok(episode)
}
