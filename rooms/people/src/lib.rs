//! Who is who: practices and the operator, those who belong to them, those whom they care for,
//! and how each proves it.
//!
//! 1. A person is one human, known by one address, in however many practices they are something.
//! 2. What somebody is at a practice has a beginning and an end; a change is a new row.
//! 3. The same human is another client in each practice, and no query leads from one to the other.
//!
//! 4. Whoever signs in and whoever cannot get the same answer for the same work.
//! 5. A code counts once; a link acts once, by POST; an ended visit is out at the next page.
//! 6. Of passwords, cookies and links only hashes are kept.
//! 7. A client comes in by their mailbox alone, and no letter about their care leaves without their
//!    consent.
//!
//! It does not know what was agreed with whom, nor what anybody may do: the charter says that.

mod client;
mod code;
mod door;
mod invitation;
mod model;
mod password;
mod queries;
mod refusals;
mod roster;
mod routes;
mod throttle;
mod views;
mod visit;
mod words;

pub mod cast;
pub mod demo;

pub use client::consent::{Channel, Consent, Purpose, agree, reach, withdraw};
pub use client::queries::{clients, person_of};
pub use client::{ClientLink, invite as invite_client};
pub use invitation::{LinkToken, invite};
pub use model::{
    Address, Client, Clinician, Founded, Founding, License, Membership, NewClient, NewClinician,
    Newcomer, PracticeKind, Supervision,
};
pub use password::Cost;
pub use queries::{clinicians, licenses_of, operator, supervisors_on};
pub use routes::around_at;
pub use visit::Asker;

use ground::db::{self, Tx};
use ground::policy::Role;
use ground::{Acting, House, Room};
use ids::{ClientId, ClinicianId, PersonId, PracticeId};

#[cfg(test)]
mod tests;

/// Who is who, and the way in.
pub const ROOM: Room = Room {
    name: "people",
    routes: routes::routes,
    listens: &[],
    jobs: &[client::SEND_LINK],
    duties: None,
    around: Some(routes::around),
};

/// Makes a tenant with its founder.
///
/// # Errors
/// As the database says; `operator_pkey` where there is an operator already.
pub async fn found(house: &House, founding: &Founding) -> db::Result<Founded> {
    let practice: PracticeId = house.new_id();
    let now = house.now();
    let mut tx = house.begin(&Acting::Job { practice }).await?;
    queries::insert_practice(&mut tx, practice, founding, now).await?;
    if founding.kind == PracticeKind::Operator {
        queries::insert_operator(&mut tx, practice).await?;
    }
    let roles = founding.kind.founder_is();
    let founder = join(&mut tx, practice, &founding.founder, roles).await?;
    tx.commit().await?;
    Ok(Founded { practice, founder })
}

/// Makes somebody belong to a practice, with these roles. How people come otherwise is by an
/// invitation.
///
/// # Errors
/// As the database says; `role_is_held_once` where they are that already.
pub async fn join(
    tx: &mut Tx,
    practice: PracticeId,
    newcomer: &Newcomer,
    roles: &[Role],
) -> db::Result<PersonId> {
    let now = tx.house().now();
    let fresh: PersonId = tx.house().new_id();
    let person = queries::meet(tx, fresh, newcomer, now).await?;
    queries::insert_member(tx, practice, person, &newcomer.name, now).await?;
    for role in roles {
        let id = tx.house().new_id();
        let by = tx.acting().person();
        let given = queries::Given { practice, id, person, role: *role, by, at: now };
        queries::insert_role(tx, given).await?;
    }
    Ok(person)
}

/// Lists a person as one who treats at a practice.
///
/// # Errors
/// As the database says; `clinician_is_one_person` where they are listed already.
pub async fn list_clinician(
    tx: &mut Tx,
    practice: PracticeId,
    clinician: &NewClinician,
) -> db::Result<ClinicianId> {
    let id: ClinicianId = tx.house().new_id();
    queries::insert_clinician(tx, practice, id, clinician).await?;
    Ok(id)
}

/// Writes down a license of a clinician.
///
/// # Errors
/// As the database says; `license_is_listed_once` where it was written down before.
pub async fn add_license(tx: &mut Tx, practice: PracticeId, license: &License) -> db::Result<()> {
    let id = tx.house().new_id();
    queries::insert_license(tx, practice, id, license).await
}

/// Writes down who supervises whom.
///
/// # Errors
/// As the database says; `supervision_is_of_another` where both are one.
pub async fn supervise(
    tx: &mut Tx,
    practice: PracticeId,
    supervision: &Supervision,
) -> db::Result<()> {
    let id = tx.house().new_id();
    queries::insert_supervision(tx, practice, id, supervision).await
}

/// Takes somebody as a client of a practice.
///
/// # Errors
/// As the database says.
pub async fn admit(tx: &mut Tx, practice: PracticeId, client: &NewClient) -> db::Result<Client> {
    let id = tx.house().new_id();
    let now = tx.house().now();
    client::queries::insert_client(tx, practice, id, client, now).await
}

/// Writes down a client's telephone, as they gave it.
///
/// # Errors
/// As the database says; `client_phone_is_short` where it is none.
pub async fn set_phone(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    phone: &str,
) -> db::Result<()> {
    client::queries::set_phone(tx, practice, client, phone).await
}
