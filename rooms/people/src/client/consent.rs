//! What a client agreed to be reached about, and how. Without it no letter about care leaves.

use ground::db::{self, Tx};
use ground::mail::Reach;
use ids::{ClientId, PracticeId};

use super::queries;

/// What somebody may be reached about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Purpose {
    /// Forms that wait for them.
    Forms,
    /// Their appointments.
    Visits,
    /// What they owe and have paid.
    Bills,
}

impl Purpose {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Forms, Self::Visits, Self::Bills];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Forms => "forms",
            Self::Visits => "visits",
            Self::Bills => "bills",
        }
    }
}

/// How somebody may be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// By mail, which others may read.
    Email,
    /// By a text to their phone.
    Text,
    /// By a call.
    Phone,
}

impl Channel {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Text => "text",
            Self::Phone => "phone",
        }
    }
}

/// One thing that a client agrees to.
#[derive(Debug, Clone, Copy)]
pub struct Consent<'a> {
    /// Who agrees.
    pub client: ClientId,
    /// To be reached about what.
    pub purpose: Purpose,
    /// And how.
    pub channel: Channel,
    /// The sentence as it was shown to them, in at most 2,000 characters.
    pub words: &'a str,
}

/// Writes down that a client agreed. Agreeing to what stands already changes nothing.
///
/// # Errors
/// As the database says; `consent_keeps_the_words` where there are none, or too many.
pub async fn agree(tx: &mut Tx, practice: PracticeId, consent: &Consent<'_>) -> db::Result<()> {
    let id = tx.house().new_id();
    let now = tx.house().now();
    queries::insert_consent(tx, practice, id, consent, now).await
}

/// Writes down that a client agrees no longer: from here on nothing of this is sent.
///
/// # Errors
/// As the database says.
pub async fn withdraw(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    purpose: Purpose,
    channel: Channel,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::withdraw_consent(tx, practice, client, (purpose, channel), now).await
}

/// How a client is written to about this: `None` where they did not agree, or have no address.
///
/// # Errors
/// As the database says.
pub async fn reach(
    tx: &mut Tx,
    practice: PracticeId,
    client: ClientId,
    purpose: Purpose,
) -> db::Result<Option<Reach>> {
    let agreed = queries::agreed_address(tx, practice, client, purpose).await?;
    Ok(agreed.and_then(|(address, person)| Reach::agreed(&address, person, purpose.word())))
}
