//! What the room knows: packets, what came of them, and what a claim repeats.

use ground::policy::{Fact, Facts, Kind, Practice, Thing, Uid};
use ids::{ClientId, PacketId, PersonId, PracticeId};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::document::Text;
use crate::question::{Answers, Document, Question, asked};

/// Forms sent to a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Packet {
    /// Which.
    pub id: PacketId,
    /// Of which practice.
    pub practice: PracticeId,
    /// Whose.
    pub client: ClientId,
    /// The client, once they sign in.
    pub of: Option<PersonId>,
    /// When they were sent.
    pub sent_at: Timestamp,
    /// When they came back whole.
    pub completed_at: Option<Timestamp>,
}

impl Thing for Packet {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Packet, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Practice::new(self.practice).uid())
    }

    fn facts(&self) -> Facts {
        let client = Uid::new(Kind::Client, self.client);
        let of = self.of.map(|person| Fact::from(Uid::new(Kind::Person, person)));
        Facts::new().with("client", client).with_some("of", of)
    }
}

/// A packet with what was answered and signed in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forms {
    /// The packet.
    pub packet: Packet,
    /// What was answered.
    pub answers: Answers,
    /// What was signed.
    pub signed: Vec<Signed>,
}

impl Forms {
    /// The documents that were signed.
    pub fn signed(&self) -> Vec<Document> {
        self.signed.iter().map(|it| it.document).collect()
    }

    /// The pages that are asked and those that are answered: `(answered, asked)`.
    pub fn so_far(&self) -> (usize, usize) {
        let asked = asked(&self.answers);
        let signed = self.signed();
        (asked.iter().filter(|it| it.is_answered(&self.answers, &signed)).count(), asked.len())
    }

    /// The first page that is open.
    pub fn next(&self) -> Option<Question> {
        crate::question::next(&self.answers, &self.signed())
    }
}

/// A signature, with what was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Which document.
    pub document: Document,
    /// Its version.
    pub version: i32,
    /// The name typed.
    pub typed_name: String,
    /// When, in business time.
    pub at: Timestamp,
    /// The fingerprint of the text that was shown.
    pub hash: Vec<u8>,
}

/// What signing writes down.
#[derive(Debug, Clone)]
pub struct Signing<'a> {
    /// The text shown.
    pub text: &'a Text,
    /// The name typed.
    pub typed_name: &'a str,
    /// Who was signed in.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
}

/// How far a packet is, for those who may not read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// The packet.
    pub packet: Packet,
    /// Pages that were begun.
    pub begun: i64,
    /// Signatures, without more than their facts.
    pub signed: Vec<Signed>,
}

/// Who a client is to a payer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Date of birth.
    pub born_on: Date,
    /// Street and number; X12 N301 takes 55 signs.
    pub street: String,
    /// City; X12 N401 takes 30.
    pub city: String,
    /// Two letters.
    pub state: String,
    /// Five or nine digits.
    pub zip: String,
    /// `F`, `M` or `U` (X12 DMG03); asked only where an insurer pays.
    pub sex: Option<String>,
}

/// The plan that pays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coverage {
    /// The payer, by the code of the shared list.
    pub payer_code: String,
    /// As the card says.
    pub member_id: String,
    /// As the card says, if it does.
    pub group_number: Option<String>,
    /// What the client is to the holder.
    pub relation: Relation,
    /// Whose plan it is, where it is not the client's own.
    pub holder: Option<Holder>,
}

/// Whose plan it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// Date of birth.
    pub born_on: Date,
}

/// What a client is to the holder of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// The plan is their own.
    Own,
    /// Spouse or partner.
    Spouse,
    /// Child.
    Child,
    /// Something else.
    Other,
}

impl Relation {
    /// The word in the database and in the form.
    pub fn word(self) -> &'static str {
        match self {
            Self::Own => "self",
            Self::Spouse => "spouse",
            Self::Child => "child",
            Self::Other => "other",
        }
    }

    /// The relation of a word.
    pub fn of_word(word: &str) -> Option<Self> {
        [Self::Own, Self::Spouse, Self::Child, Self::Other].into_iter().find(|it| it.word() == word)
    }
}

/// What the answers of a whole packet come to, or the page that does not fit.
///
/// # Errors
/// The question whose answer is missing or cannot be read.
pub fn come_to(answers: &Answers) -> Result<(Identity, Option<Coverage>), Question> {
    let say = |field: &str, of: Question| answers.get(field).cloned().ok_or(of);
    let date = |field: &str, of: Question| -> Result<Date, Question> {
        say(field, of)?.parse().map_err(|_| of)
    };
    let insured = say("paying", Question::Paying)? == "insurance";
    let identity = Identity {
        first_name: say("first_name", Question::Name)?,
        last_name: say("last_name", Question::Name)?,
        born_on: date("born", Question::Born)?,
        street: say("street", Question::Address)?,
        city: say("city", Question::Address)?,
        state: say("state", Question::Address)?,
        zip: say("zip", Question::Address)?,
        sex: if insured { Some(say("sex", Question::Insurance)?) } else { None },
    };
    if !insured {
        return Ok((identity, None));
    }
    let relation = Relation::of_word(&say("relation", Question::Insurance)?);
    let relation = relation.ok_or(Question::Insurance)?;
    let holder = match relation {
        Relation::Own => None,
        _ => Some(Holder {
            first_name: say("holder_first", Question::Holder)?,
            last_name: say("holder_last", Question::Holder)?,
            born_on: date("holder_born", Question::Holder)?,
        }),
    };
    let group = answers.get("group_number").filter(|it| !it.is_empty()).cloned();
    let coverage = Coverage {
        payer_code: say("payer", Question::Insurance)?,
        member_id: say("member_id", Question::Insurance)?,
        group_number: group,
        relation,
        holder,
    };
    Ok((identity, Some(coverage)))
}
