//! A request for care: types and rules, no I/O.
//!
//! ```text
//! waiting ──left word or reached──▶ answered ──reached, need and way to pay known──▶ warm
//!    ╰───────────────────────────────────┴───────────────────────────────────────────┴──▶ closed
//! ```

use std::fmt;

use ground::policy::{Facts, Kind, Thing, Uid};
use ids::{LeadId, PersonId, PracticeId};
use jiff::Timestamp;
use people::Address;
use serde::{Deserialize, Serialize};

/// Longest own words, in characters: a page, and no more to read before a call.
pub const WORDS_MAX: usize = 2_000;
/// Longest name.
pub const NAME_MAX: usize = 120;
/// Longest phone number, with whatever dashes.
pub const PHONE_MAX: usize = 40;
/// Longest name of a plan.
pub const PLAN_MAX: usize = 80;

/// A request as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Who received it.
    pub holder: PracticeId,
    /// Which one.
    pub id: LeadId,
}

impl Thing for Named {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Lead, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.holder))
    }

    fn facts(&self) -> Facts {
        Facts::new()
    }
}

/// Closed lists of words, each kept and typed as one.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$says:meta])* $one:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$says])* #[serde(rename = $word)] $one,)+
        }

        impl $name {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$one),+];

            /// The word that is kept and typed.
            pub fn word(self) -> &'static str {
                match self {
                    $(Self::$one => $word,)+
                }
            }

            /// Reads the word.
            pub fn of(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|it| it.word() == word)
            }
        }
    };
}

words! {
    /// What brings somebody, in the words of a list.
    Topic {
        /// Worry or panic.
        Worry = "worry",
        /// Low mood.
        LowMood = "low_mood",
        /// Sleep.
        Sleep = "sleep",
        /// Something that happened.
        Happened = "happened",
        /// Grief.
        Grief = "grief",
        /// A change.
        Change = "change",
        /// A relationship.
        Relationship = "relationship",
        /// A child or teen.
        Child = "child",
        /// Food, alcohol or drugs.
        Substances = "substances",
        /// Attention, learning, autism.
        Testing = "testing",
        /// Not sure.
        Unsure = "unsure",
    }
}

impl Topic {
    /// The concern by which clinicians list what they treat; none where the word says too little.
    pub fn concern(self) -> Option<&'static str> {
        Some(match self {
            Self::Worry => "generalized-anxiety",
            Self::LowMood => "depression",
            Self::Sleep => "insomnia",
            Self::Happened => "ptsd",
            Self::Grief => "grief",
            Self::Change => "life-transition",
            Self::Relationship => "couples-conflict",
            Self::Child => "parenting",
            Self::Substances => "alcohol",
            Self::Testing => "adhd-adult",
            Self::Unsure => return None,
        })
    }
}

words! {
    /// How old whoever receives care is.
    AgeGroup {
        /// To the sixth birthday.
        Small = "0-5",
        /// A child.
        Child = "6-12",
        /// A teen.
        Teen = "13-17",
        /// A young adult.
        Young = "18-25",
        /// An adult.
        Adult = "26-64",
        /// An older adult.
        Older = "65+",
    }
}

impl AgeGroup {
    /// The youngest and the oldest of the group, in whole years.
    pub fn years(self) -> (u8, u8) {
        match self {
            Self::Small => (0, 5),
            Self::Child => (6, 12),
            Self::Teen => (13, 17),
            Self::Young => (18, 25),
            Self::Adult => (26, 64),
            Self::Older => (65, 120),
        }
    }
}

words! {
    /// When somebody could come.
    TimeOfWeek {
        /// Weekdays before noon.
        Mornings = "mornings",
        /// Weekdays after noon.
        Afternoons = "afternoons",
        /// Weekdays after five.
        Evenings = "evenings",
        /// Saturday or Sunday.
        Weekends = "weekends",
    }
}

impl TimeOfWeek {
    /// Days (Monday is 0), and from when to when, in minutes from midnight.
    pub fn hours(self) -> (&'static [u8], u16, u16) {
        const WEEKDAYS: &[u8] = &[0, 1, 2, 3, 4];
        match self {
            Self::Mornings => (WEEKDAYS, 480, 720),
            Self::Afternoons => (WEEKDAYS, 720, 1_020),
            Self::Evenings => (WEEKDAYS, 1_020, 1_260),
            Self::Weekends => (&[5, 6], 540, 1_020),
        }
    }
}

words! {
    /// How to meet.
    Meets {
        /// By video.
        Video = "video",
        /// In the office.
        Office = "office",
    }
}

words! {
    /// How somebody was tried.
    Channel {
        /// A call.
        Call = "call",
        /// A text message.
        Text = "text",
        /// An email.
        Email = "email",
    }
}

words! {
    /// What came of it.
    Outcome {
        /// They were reached.
        Reached = "reached",
        /// Word was left for them.
        LeftWord = "left_word",
        /// Nobody answered, and no word could be left.
        NoAnswer = "no_answer",
    }
}

words! {
    /// Why a request is closed.
    Why {
        /// A clinician took it.
        Accepted = "accepted",
        /// They found care elsewhere.
        Elsewhere = "elsewhere",
        /// The price.
        Price = "price",
        /// They could not be reached.
        NoAnswer = "no_answer",
        /// They changed their mind.
        ChangedMind = "changed_mind",
        /// They were given names of others who can help better.
        ReferredOut = "referred_out",
        /// The same person asked twice.
        Duplicate = "duplicate",
        /// It asked for no care.
        NotARequest = "not_a_request",
    }
}

/// How somebody would pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pays {
    /// Themselves.
    Themselves,
    /// With a payer of the list, by its code.
    Payer(String),
    /// With a plan that is not on the list, as they wrote it; empty where they do not know.
    OtherPlan(String),
}

/// What a request is matched by, besides what it is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wants {
    /// When they could come; empty for any time.
    pub times: Vec<TimeOfWeek>,
    /// How they would meet; empty for either.
    pub meets: Vec<Meets>,
    /// Languages of which one would do, by tag.
    pub languages: Vec<String>,
    /// A method that they asked for, by slug.
    pub method: Option<String>,
}

/// What brings somebody: kept sealed.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concern {
    /// In the words of the list.
    pub topics: Vec<Topic>,
    /// In their own.
    pub words: String,
}

/// What brings somebody stays out of logs.
impl fmt::Debug for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Concern(…)")
    }
}

impl Concern {
    /// Whether it says what somebody needs.
    pub fn is_known(&self) -> bool {
        self.topics.iter().any(|topic| *topic != Topic::Unsure) || !self.words.is_empty()
    }

    /// The concerns by which clinicians list what they treat.
    pub fn slugs(&self) -> impl Iterator<Item = &'static str> {
        self.topics.iter().filter_map(|topic| topic.concern())
    }
}

/// By which ways somebody agreed to be answered, and the words in which they were asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// By email.
    pub email: bool,
    /// By a call.
    pub call: bool,
    /// By a message on their voicemail.
    pub voicemail: bool,
    /// By a text message.
    pub text: bool,
    /// What stood beside the boxes.
    pub words: String,
}

/// A request that is being brought.
#[derive(Debug, Clone)]
pub struct NewLead {
    /// Where from, by slug; what is not known is the website.
    pub source: String,
    /// Their name.
    pub name: String,
    /// Where letters reach them.
    pub address: Option<Address>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Where they are: two letters.
    pub state: String,
    /// How they would pay.
    pub pays: Pays,
    /// How old whoever receives care is.
    pub age: AgeGroup,
    /// What brings them.
    pub concern: Concern,
    /// What they hope for.
    pub wants: Wants,
    /// How they may be answered.
    pub consent: Consent,
}

/// A request, without what brings them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lead {
    /// Which one.
    pub id: LeadId,
    /// Counts within its holder.
    pub number: i32,
    /// The name of where it came from.
    pub source: String,
    /// Their name.
    pub name: String,
    /// Where letters reach them.
    pub address: Option<Address>,
    /// Their telephone.
    pub phone: Option<String>,
    /// Where they are: two letters.
    pub state: String,
    /// How they would pay.
    pub pays: Pays,
    /// How old whoever receives care is.
    pub age: AgeGroup,
    /// What they hope for.
    pub wants: Wants,
    /// How they may be answered.
    pub consent: Consent,
    /// Whether what they need is known.
    pub need_known: bool,
    /// Whether their way to pay is known.
    pub pay_known: bool,
    /// When it came.
    pub arrived_at: Timestamp,
    /// When somebody first reached them or left word.
    pub first_contact_at: Option<Timestamp>,
    /// When they were first reached.
    pub reached_at: Option<Timestamp>,
    /// Since when it is warm.
    pub warm_at: Option<Timestamp>,
    /// When it was closed, and why.
    pub closed: Option<(Timestamp, Why)>,
}

/// A try to reach somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Contact {
    /// How.
    pub channel: Channel,
    /// What came of it.
    pub outcome: Outcome,
    /// They said what they need.
    pub need_known: bool,
    /// They said how they pay, or their plan was found.
    pub pay_known: bool,
}

/// One line of the contact log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// When.
    pub at: Timestamp,
    /// By whom, by the name that is used there.
    pub by: Option<String>,
    /// Whom, as a person.
    pub person: PersonId,
    /// How.
    pub channel: Channel,
    /// What came of it.
    pub outcome: Outcome,
}

impl Lead {
    /// Whether somebody may try this way.
    pub fn may_be_tried(&self, channel: Channel) -> bool {
        match channel {
            Channel::Call => self.consent.call && self.phone.is_some(),
            Channel::Text => self.consent.text && self.phone.is_some(),
            Channel::Email => self.consent.email && self.address.is_some(),
        }
    }

    /// What a contact makes of it: reached, agreed, need and way to pay known is *warm*.
    ///
    /// Consent is a condition of being kept at all, so it is not asked again here.
    pub fn after(&self, contact: &Contact, now: Timestamp) -> Self {
        let answers = contact.outcome != Outcome::NoAnswer;
        let reached = contact.outcome == Outcome::Reached;
        let mut lead = self.clone();
        lead.need_known |= contact.need_known && reached;
        lead.pay_known |= contact.pay_known && reached;
        lead.first_contact_at = self.first_contact_at.or(answers.then_some(now));
        lead.reached_at = self.reached_at.or(reached.then_some(now));
        let is_warm = lead.reached_at.is_some() && lead.need_known && lead.pay_known;
        lead.warm_at = self.warm_at.or(is_warm.then_some(now));
        lead
    }
}
