//! An offer: what it says, and how it ends.
//!
//! ```text
//! open ──accept──▶ accepted   the copy is kept: it is where care began
//!   ├───decline──▶ declined  ╮
//!   ├──withdraw──▶ withdrawn ├ the copy is erased, and so is who it was
//!   ╰───expires──▶ lapsed    ╯
//! ```

use ground::db;
use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ids::{ClientId, ClinicianId, LeadId, OfferId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// How long an offer waits for an answer: a clinician who treats all day gets to it, and the
/// person who asked hears within two days.
pub const LASTS: SignedDuration = SignedDuration::from_hours(48);

/// Where an offer stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for its clinician.
    Open,
    /// The person is a client.
    Accepted,
    /// Its clinician said no; nobody else learns it.
    Declined,
    /// It was taken back.
    Withdrawn,
    /// Its time was over.
    Lapsed,
}

impl State {
    /// Each with its word.
    pub const WORDS: [(&str, Self); 5] = [
        ("open", Self::Open),
        ("accepted", Self::Accepted),
        ("declined", Self::Declined),
        ("withdrawn", Self::Withdrawn),
        ("lapsed", Self::Lapsed),
    ];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        let word = Self::WORDS.iter().find(|(_, state)| *state == self);
        word.map(|(word, _)| *word).expect("every state has a word")
    }

    /// The state of a word.
    pub fn of(word: &str) -> Option<Self> {
        Self::WORDS.iter().find(|(known, _)| *known == word).map(|(_, state)| *state)
    }
}

/// What an offer tells without telling who it is. It is kept when all else is erased, in the words
/// of its day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// Somebody, by age and place: "An adult in TX".
    pub who: String,
    /// "Pays with Lone Star Health (demo)".
    pub pays: String,
    /// What they wish, each with its name: "When", "weekday mornings".
    pub wishes: Vec<(String, String)>,
}

/// What the person said, as it was when the offer was made. Sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Their name.
    pub name: String,
    /// Where letters reach them.
    pub address: Option<String>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Where they are: two letters.
    pub state: String,
    /// The sentence by which they agreed to be written to about this, if they did.
    pub agreed_to_mail: Option<String>,
    /// What brings them, in the words of a list.
    pub topics: Vec<String>,
    /// The same in their own words.
    pub concern: String,
    /// What speaks for this clinician.
    pub reasons_for: Vec<String>,
    /// What speaks against.
    pub reasons_against: Vec<String>,
}

/// What a person said stays out of logs.
impl std::fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Snapshot(…)")
    }
}

/// An offer as the charter knows it: which one, and before whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// The clinician's practice.
    pub practice: PracticeId,
    /// Which one.
    pub id: Uuid,
    /// Before whom.
    pub clinician: PersonId,
}

impl Thing for Named {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Offer, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let clinician: Fact = Uid::new(Kind::Person, self.clinician).into();
        Facts::new().with("clinician", clinician)
    }
}

/// An offer without what is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The clinician's practice.
    pub practice: PracticeId,
    /// Which one.
    pub id: OfferId,
    /// Before whom, as listed.
    pub clinician: ClinicianId,
    /// Before whom, as a person.
    pub person: PersonId,
    /// Who received the request.
    pub holder: PracticeId,
    /// The request, by plain id.
    pub lead: LeadId,
    /// What it tells without telling who it is.
    pub told: Told,
    /// When it was made.
    pub made_at: Timestamp,
    /// Until when it waits.
    pub expires_at: Timestamp,
    /// Where it stands.
    pub state: State,
    /// Who it became.
    pub client: Option<ClientId>,
}

impl Offer {
    /// As the charter knows it.
    pub fn named(&self) -> Named {
        Named { practice: self.practice, id: self.id.0, clinician: self.person }
    }

    /// Whether it can be answered now: an hour that has passed is over, whether or not the job
    /// that writes it down has come by.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.state == State::Open && now < self.expires_at
    }
}

/// An offer about to be made.
#[derive(Debug, Clone)]
pub struct NewOffer {
    /// The clinician's practice.
    pub practice: PracticeId,
    /// The once-key of the button: pressing twice is one offer.
    pub id: OfferId,
    /// Before whom.
    pub clinician: ClinicianId,
    /// Who received the request.
    pub holder: PracticeId,
    /// The request.
    pub lead: LeadId,
    /// What it tells without telling who it is.
    pub told: Told,
    /// What the person said.
    pub snapshot: Snapshot,
    /// Today, by the practice's wall clock.
    pub on: Date,
}

/// What of her places an acceptance may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Places {
    /// One of those that she said she has.
    AsSaid,
    /// One more than she said, by her own word.
    OneMore,
}

/// What came of an acceptance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// The person is this client: now, or since an earlier press.
    Client(ClientId),
    /// She has as many clients as she said she takes; nothing was changed.
    Full {
        /// As many as she said.
        takes: u16,
        /// As many as she has.
        has: usize,
    },
    /// The offer is over; nothing was changed.
    Over(State),
}

/// A faulty word or text that came back from the database.
pub(crate) fn broken(offer: Uuid, why: impl ToString) -> db::Error {
    db::Error::Broken { table: "offers.offer", id: offer.to_string(), why: why.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_comes_back_from_its_word() {
        for (word, state) in State::WORDS {
            assert_eq!((State::of(word), state.word()), (Some(state), word));
        }
        assert_eq!(State::of("assigned"), None);
    }
}
