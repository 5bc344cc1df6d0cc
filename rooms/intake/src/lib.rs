//! The forms before care: who somebody is, how care is paid, and what they sign.
//!
//! 1. One question a page, in the order that the answers give; each page is saved when it is sent,
//!    and what was right on a page is kept even where something else on it was wrong.
//! 2. Answers are sealed. Those who send forms see how far they are, and not what they say.
//! 3. A signature names the version of the text by its hash, and the text stays as it was shown.
//! 4. What came back whole stays so: the database takes no answer for it any more.

mod document;
mod model;
mod queries;
mod question;
mod routes;
mod views;
mod words;

pub use document::{Text, first as first_documents};
pub use model::{Coverage, Forms, Holder, Identity, Packet, Progress, Relation, Signed};
pub use question::{Answers, Document, Question};

use ground::db::{self, Tx};
use ground::duty::{Duty, Finding, Presses};
use ground::events::{self, Event, Listener, Told};
use ground::work::{Doing, Failure};
use ground::{Acting, Room};
use ids::{ClientId, PacketId, PersonId, PracticeId, Uuid};
use serde::{Deserialize, Serialize};

#[cfg(test)]
mod tests;

/// The room.
pub const ROOM: Room = Room {
    name: "intake",
    routes: routes::routes,
    listens: &[SEND_ON_ACCEPTANCE],
    jobs: &[],
    duties: Some(duties),
    around: None,
};

/// A client sent their forms, whole.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct PacketCompleted {
    /// The forms.
    pub packet: PacketId,
    /// Whose they are.
    pub client: ClientId,
}

impl Event for PacketCompleted {
    const KIND: &'static str = "intake.packet_completed";

    fn subject(&self) -> Uuid {
        self.client.0
    }
}

/// An accepted offer sends the forms and the way in.
const SEND_ON_ACCEPTANCE: Listener = Listener {
    kind: offers::Accepted::KIND,
    name: "intake.send_on_acceptance",
    take: send_on_acceptance,
};

fn send_on_acceptance<'t>(tx: &'t mut Tx, told: &'t Told) -> Doing<'t> {
    Box::pin(async move {
        let accepted: offers::Accepted = told.read()?;
        send(tx, told.practice, accepted.client, None).await.map_err(Failure::from)?;
        Ok(())
    })
}

/// Sends a client their forms, with a letter that leads to them. A packet that is open already
/// stays, and only the letter goes out again.
///
/// # Errors
/// As the database says; [`db::Error::Conflict`] where the client is not of this practice.
pub async fn send(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    by: Option<PersonId>,
) -> db::Result<PacketId> {
    let now = tx.house().now();
    let name = queries::practice_name(tx, practice).await?;
    for text in document::first(&name) {
        queries::insert_text(tx, practice, &text, now).await?;
    }
    let open = queries::packets(tx, Some((practice, client))).await?;
    let open = open.into_iter().find(|it| it.completed_at.is_none());
    let id = match open {
        Some(packet) => packet.id,
        None => {
            let id = tx.house().new_id();
            let packet =
                Packet { id, practice, client, of: None, sent_at: now, completed_at: None };
            queries::insert_packet(tx, &packet, by).await?;
            id
        }
    };
    people::invite_client(tx, practice, client).await?;
    Ok(id)
}

/// Who a client is to a payer, as they said last.
///
/// # Errors
/// As the database says.
pub async fn identity_of(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Identity>> {
    queries::identity(tx, practice, client).await
}

/// The plan that pays for a client, as they said last; nothing where they pay themselves.
///
/// # Errors
/// As the database says.
pub async fn coverage_of(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
) -> db::Result<Option<Coverage>> {
    queries::coverage(tx, practice, client).await
}

/// A packet with what was answered and signed.
pub(crate) async fn load(tx: &mut Tx, packet: Packet) -> db::Result<Forms> {
    let answers = queries::answers(tx, &packet).await?;
    let signed = queries::signed(tx, &packet).await?;
    Ok(Forms { packet, answers, signed })
}

/// Takes a packet that is answered and signed whole: what it comes to is written for claims, once.
///
/// # Errors
/// As the database says; `packet_is_signed` where a document is not signed.
pub(crate) async fn take(
    tx: &mut Tx,
    packet: &Packet,
    identity: &Identity,
    coverage: Option<&Coverage>,
) -> db::Result<()> {
    let now = tx.house().now();
    if !queries::complete(tx, packet, now).await? {
        return Ok(());
    }
    queries::insert_identity(tx, packet, identity, now).await?;
    if let Some(coverage) = coverage {
        queries::insert_coverage(tx, packet, coverage, now).await?;
    }
    let told = PacketCompleted { packet: packet.id, client: packet.client };
    events::tell(tx, packet.practice, &told).await?;
    Ok(())
}

/// A client's open forms are what needs them now.
fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        if !matches!(tx.acting(), Acting::Client { .. }) {
            return Ok(vec![]);
        }
        let open = queries::packets(tx, None).await?;
        let duty = |packet: Packet| Duty {
            practice: packet.practice,
            presses: Presses::Now,
            what: words::FORMS.into(),
            why: words::FORMS_WHY.into(),
            due: None,
            action: words::GO_ON.into(),
            href: format!("/me/forms/{}", packet.id),
        };
        Ok(open.into_iter().filter(|it| it.completed_at.is_none()).map(duty).collect())
    })
}
