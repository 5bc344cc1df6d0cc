//! What was agreed: services and prices between a practice and the operator, pay and costs between
//! a practice and its clinician, fees with payers, and who may bill for whom.
//!
//! 1. A version is written once. Both sides sign its text by its hash; a change is a new version.
//! 2. In force is the newest version that both signed and that has begun, until its end. What the
//!    operator's people reach follows from it at each request.
//! 3. No person signs both sides.
//! 4. No price without the record that it is fair market value.
//! 5. Sentence, worked example and amount of a clause come from one value.
//!
//! It does not know what anybody did under these terms: a statement asks it, and it asks nobody.

mod agreements;
pub mod cast;
mod engagements;
mod events;
mod fees;
mod form;
mod model;
mod queries;
mod routes;
mod sample;
mod served;
mod signing;
mod views;
mod wording;
mod words;

#[cfg(test)]
mod tests;

pub use events::AgreementSigned;
pub use fees::{BillingRight, Fee, Payer, allow_billing, bills_as, fee_for, payers, set_fee};
pub use model::{
    Agreement, AgreementEnding, Engagement, NewAgreement, NewEngagement, NewService, NotAPayerCode,
    Party, PayerCode, Signature, Standing, TextHash,
};
pub use sample::{at_a_share, at_list_prices, list_price};
pub use served::{served, serving};
pub use wording::{Document, Line, Part};
pub use words::{Offered, offered};

use std::collections::BTreeMap;

use ground::db::{self, Tx};
use ground::policy::Side;
use ground::{Room, events as told};
use ids::{AgreementId, ClinicianId, EngagementId, PersonId, PracticeId};
use jiff::civil::Date;

use crate::queries::{Signing, Written};
use crate::wording::Between;

/// What was agreed, and what that opens.
pub const ROOM: Room = Room {
    name: "terms",
    routes: routes::routes,
    listens: &[],
    jobs: &[],
    duties: None,
    around: Some(served::around),
};

/// The text does not hold what both could sign.
fn unsound(error: &economics::Error) -> db::Error {
    db::Error::Broken { table: "terms", id: String::new(), why: error.to_string() }
}

/// A practice by its names and its clock, for its own people and the operator's.
///
/// # Errors
/// As the database says.
pub async fn party_of(tx: &mut Tx, practice: PracticeId) -> db::Result<Option<Party>> {
    let all = queries::parties(tx).await?;
    Ok(all.into_iter().find(|party| party.id == practice && !party.is_operator))
}

/// The same, where it must be there.
async fn party(tx: &mut Tx, practice: PracticeId) -> db::Result<Party> {
    party_of(tx, practice).await?.ok_or_else(|| db::Error::Broken {
        table: "people.practice",
        id: practice.to_string(),
        why: "it has no terms with the one who acts".into(),
    })
}

/// The operator's legal name; a practice can read it before it ever agreed to anything.
async fn operator_name(tx: &mut Tx) -> db::Result<String> {
    let all = queries::parties(tx).await?;
    let operator = all.into_iter().find(|party| party.is_operator);
    Ok(operator.map_or_else(|| "the operator".to_owned(), |party| party.legal_name))
}

/// Puts a new version of the agreement before both sides. It takes the place of one that was not
/// signed by both yet.
///
/// # Errors
/// The constraint that says no; `Broken` where its clauses contradict each other, which a form
/// says at the field beforehand.
pub async fn propose_agreement(
    tx: &mut Tx,
    practice: PracticeId,
    terms: &NewAgreement,
) -> db::Result<AgreementId> {
    let id = tx.house().new_id();
    propose_agreement_as(tx, practice, id, terms).await?;
    Ok(id)
}

/// The same under an id that is known already, so that a double press is one proposal.
async fn propose_agreement_as(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    terms: &NewAgreement,
) -> db::Result<()> {
    terms.prices().check().map_err(|error| unsound(&error))?;
    queries::one_at_a_time(tx, practice).await?;
    let between = Between {
        practice: party(tx, practice).await?.legal_name,
        other: operator_name(tx).await?,
    };
    let version = queries::next_agreement(tx, practice).await?;
    let document = wording::agreement(terms, &between, version);
    let wording = document.map_err(|error| unsound(&error))?.to_string();
    queries::insert_agreement(tx, practice, id, terms, &Written { version, wording }).await
}

/// Signs the newest version of an agreement for one side. Once both have, it is told.
///
/// # Errors
/// `the_newest_version_is_signed`, `nobody_signs_for_both_sides`, `signature_pkey` where this side
/// has signed already.
pub async fn sign_agreement(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    side: Side,
    by: PersonId,
    typed_name: &str,
) -> db::Result<()> {
    queries::one_at_a_time(tx, practice).await?;
    let signing = Signing { side, by, typed_name, at: tx.house().now() };
    let signed_by = queries::sign_agreement(tx, practice, id, signing).await?;
    if signed_by < 2 {
        return Ok(());
    }
    let all = queries::agreements(tx, practice).await?;
    if let Some(agreement) = all.into_iter().find(|version| version.id == id) {
        let services = agreement.terms.services.iter().map(|it| it.service.word().to_owned());
        let event = AgreementSigned {
            practice,
            agreement: id,
            version: agreement.version,
            begins_on: agreement.terms.begins_on,
            ends_on: agreement.terms.ends_on,
            services: services.collect(),
        };
        told::tell(tx, practice, &event).await?;
    }
    Ok(())
}

/// Ends an agreement before its time, from a day on.
///
/// # Errors
/// `ending_pkey` where its end was said already.
pub async fn end_agreement(
    tx: &mut Tx,
    practice: PracticeId,
    id: AgreementId,
    ending: AgreementEnding,
    by: PersonId,
) -> db::Result<()> {
    queries::insert_ending(tx, practice, id, ending, by).await
}

/// The agreement in force on a day.
///
/// # Errors
/// As the database says.
pub async fn agreement_on(
    tx: &mut Tx,
    practice: PracticeId,
    on: Date,
) -> db::Result<Option<Agreement>> {
    let Some(id) = queries::agreement_in_force(tx, practice, on).await? else { return Ok(None) };
    let all = queries::agreements(tx, practice).await?;
    Ok(all.into_iter().find(|version| version.id == id))
}

/// Puts a new version of an engagement before the practice and its clinician.
///
/// # Errors
/// As [`propose_agreement`].
pub async fn propose_engagement(
    tx: &mut Tx,
    practice: PracticeId,
    terms: &NewEngagement,
) -> db::Result<EngagementId> {
    let id = tx.house().new_id();
    propose_engagement_as(tx, practice, id, terms).await?;
    Ok(id)
}

async fn propose_engagement_as(
    tx: &mut Tx,
    practice: PracticeId,
    id: EngagementId,
    terms: &NewEngagement,
) -> db::Result<()> {
    terms.clauses.check().map_err(|error| unsound(&error))?;
    queries::one_at_a_time(tx, practice).await?;
    let all = people::clinicians(tx, practice).await?;
    let clinician = all.into_iter().find(|it| it.id == terms.clinician);
    let between = Between {
        practice: party(tx, practice).await?.legal_name,
        other: clinician.map_or_else(String::new, |it| format!("{}, {}", it.name, it.credential)),
    };
    let version = queries::next_engagement(tx, practice, terms.clinician).await?;
    let document = wording::engagement(terms, &between, version);
    let wording = document.map_err(|error| unsound(&error))?.to_string();
    queries::insert_engagement(tx, practice, id, terms, &Written { version, wording }).await
}

/// Signs the newest version of an engagement for one side.
///
/// # Errors
/// As [`sign_agreement`], with `nobody_signs_for_both_sides_of_an_engagement` and
/// `engagement_signature_pkey`.
pub async fn sign_engagement(
    tx: &mut Tx,
    practice: PracticeId,
    id: EngagementId,
    side: Side,
    by: PersonId,
    typed_name: &str,
) -> db::Result<()> {
    let signing = Signing { side, by, typed_name, at: tx.house().now() };
    queries::sign_engagement(tx, practice, id, signing).await
}

/// The engagement of a clinician in force on a day.
///
/// # Errors
/// As the database says.
pub async fn engagement_on(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: ClinicianId,
    on: Date,
) -> db::Result<Option<Engagement>> {
    Ok(engagements_on(tx, practice, &[(clinician, on)]).await?.pop().flatten())
}

/// The engagements of clinicians in force, each on a day of its own, in the order in which they were
/// asked for.
///
/// # Errors
/// As the database says.
pub async fn engagements_on(
    tx: &mut Tx,
    practice: PracticeId,
    asked: &[(ClinicianId, Date)],
) -> db::Result<Vec<Option<Engagement>>> {
    if asked.is_empty() {
        return Ok(Vec::new());
    }
    let ids = queries::engagements_in_force(tx, practice, asked).await?;
    let known: Vec<EngagementId> = ids.iter().copied().flatten().collect();
    let all = queries::engagements_by_id(tx, practice, &known).await?;
    let all: BTreeMap<EngagementId, Engagement> = all.into_iter().map(|it| (it.id, it)).collect();
    Ok(ids.into_iter().map(|id| all.get(&id?).cloned()).collect())
}
