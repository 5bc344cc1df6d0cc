//! Visit types, appointments and what becomes of them: types and rules, no I/O.
//!
//! ```text
//! (nothing) ──hold──▶ held ──book──▶ booked ──▶ canceled
//!     ╰──────book──────▲──│────────▶   │  ╰───▶ missed ──▶ kept
//!                         ╰─▶ lapsed   ╰─────────────────▶ kept
//! ```
//! A trigger keeps the arrows; who may follow which one is the charter's.

use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, VisitTypeId};
use jiff::{SignedDuration, Timestamp};

/// How long a chosen time is held while somebody reads what it is, in minutes.
pub const HOLD_MIN: i64 = 10;
/// How many other times are offered to whoever came too late.
pub const NEXT_MAX: usize = 3;

/// Where a visit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the clinician's rooms.
    Office,
    /// By video.
    Video,
}

impl Place {
    /// The word in the database and in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Office => "office",
            Self::Video => "video",
        }
    }

    /// Reads a word.
    pub fn read(word: &str) -> Option<Self> {
        [Self::Office, Self::Video].into_iter().find(|place| place.word() == word)
    }

    /// In the words of `openings`.
    pub(crate) fn asked(self) -> openings::Place {
        match self {
            Self::Office => openings::Place::Office,
            Self::Video => openings::Place::Video,
        }
    }
}

/// How far an appointment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Chosen and not booked yet: nobody else gets it meanwhile.
    Held,
    /// A hold that was not booked in time, or was given up for another.
    Lapsed,
    /// Promised.
    Booked,
    /// It took place.
    Kept,
    /// The client did not come.
    Missed,
    /// It was called off beforehand.
    Canceled,
}

impl State {
    const ALL: [Self; 6] =
        [Self::Held, Self::Lapsed, Self::Booked, Self::Kept, Self::Missed, Self::Canceled];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Lapsed => "lapsed",
            Self::Booked => "booked",
            Self::Kept => "kept",
            Self::Missed => "missed",
            Self::Canceled => "cancelled",
        }
    }

    /// Reads a word.
    pub(crate) fn read(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }
}

/// What can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VisitType {
    /// Which one.
    pub id: VisitTypeId,
    /// As clients read it.
    pub name: String,
    /// Minutes with the client.
    pub length_min: u16,
    /// Minutes that must be free before.
    pub before_min: u16,
    /// Minutes that must be free after.
    pub after_min: u16,
    /// Minutes from one start to the next.
    pub grid_min: u16,
    /// A client books it at least so many minutes ahead.
    pub notice_min: u32,
    /// Whoever cancels later than so many minutes before it begins, cancels late.
    pub cancel_min: u32,
    /// The code by which it is usually charged.
    pub cpt: Option<String>,
    /// It can be in the office.
    pub in_office: bool,
    /// It can be by video.
    pub by_video: bool,
    /// It is the first visit with a clinician.
    pub is_first: bool,
    /// Clients book it themselves.
    pub for_clients: bool,
}

impl VisitType {
    /// Where it can be, the office first.
    pub fn places(&self) -> Vec<Place> {
        let places = [(self.in_office, Place::Office), (self.by_video, Place::Video)];
        places.into_iter().filter(|(can, _)| *can).map(|(_, place)| place).collect()
    }

    /// When it would be over.
    pub fn ends_at(&self, starts_at: Timestamp) -> Timestamp {
        starts_at + SignedDuration::from_mins(i64::from(self.length_min))
    }

    /// In the words of `openings`. Who works here is not bound by the notice that clients give.
    pub(crate) fn asked(&self, by: By) -> openings::VisitType {
        let notice_min = match by {
            By::Client => self.notice_min,
            By::Practice => 0,
        };
        openings::VisitType {
            length_min: self.length_min,
            before_min: self.before_min,
            after_min: self.after_min,
            grid_min: self.grid_min,
            notice_min,
            horizon_days: u16::try_from(hours::HORIZON_WEEKS * 7).unwrap_or(u16::MAX),
            day_max: None,
            week_max: None,
        }
    }
}

/// On whose behalf something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The client's.
    Client,
    /// The practice's: clinician, owner, or staff who schedule.
    Practice,
}

impl By {
    /// The word in the database.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Practice => "practice",
        }
    }

    /// Reads a word.
    pub(crate) fn read(word: &str) -> Option<Self> {
        [Self::Client, Self::Practice].into_iter().find(|by| by.word() == word)
    }
}

/// The kinds of visit with which a practice begins. Lengths are those of the codes' midpoints and
/// usual use (CPT 90791, 90834 and 90837; psychotherapy of 60 minutes begins at 53).
pub(crate) fn usual_types() -> Vec<VisitType> {
    let visit = |name: &str, length_min, cpt: &str, is_first| VisitType {
        id: VisitTypeId(ids::Uuid::nil()),
        name: name.into(),
        length_min,
        before_min: 0,
        after_min: if is_first { 15 } else { 60 - length_min },
        grid_min: if is_first { 30 } else { 60 },
        notice_min: 12 * 60,
        cancel_min: 24 * 60,
        cpt: Some(cpt.into()),
        in_office: true,
        by_video: true,
        is_first,
        for_clients: true,
    };
    vec![
        visit("First visit", 60, "90791", true),
        visit("Session", 53, "90837", false),
        visit("Shorter session", 45, "90834", false),
    ]
}

/// What somebody asks to have booked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Booking {
    /// The id that the appointment will bear: the once-key of its form.
    pub id: AppointmentId,
    /// With whom.
    pub clinician: ClinicianId,
    /// For whom.
    pub client: ClientId,
    /// What.
    pub visit_type: VisitTypeId,
    /// Where.
    pub place: Place,
    /// When.
    pub starts_at: Timestamp,
}

/// What became of asking for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It is theirs.
    Yours(AppointmentId),
    /// It is not open. Somebody was faster, or it never was.
    NotOpen {
        /// Why, most telling first; never empty.
        why: Vec<openings::Reason>,
        /// The next times that are, soonest first.
        next: Vec<Timestamp>,
    },
}

/// A stretch of a clinician's time, as pages and the charter know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Where.
    pub practice: PracticeId,
    /// Which one.
    pub id: AppointmentId,
    /// With whom, as listed.
    pub clinician: ClinicianId,
    /// With whom, as a person.
    pub person: PersonId,
    /// For whom, where the one who looks may see it.
    pub client: Option<Attending>,
    /// What.
    pub visit_type: VisitTypeId,
    /// What, as clients read it.
    pub visit: String,
    /// Whoever cancels later than so many minutes before it begins, cancels late.
    pub cancel_min: u32,
    /// Where.
    pub place: Place,
    /// How far it has come.
    pub state: State,
    /// When it begins.
    pub starts_at: Timestamp,
    /// When it is over.
    pub ends_at: Timestamp,
    /// Until when it is held.
    pub held_until: Option<Timestamp>,
}

/// Who is to be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attending {
    /// Which client.
    pub client: ClientId,
    /// The client, once they sign in.
    pub person: Option<PersonId>,
    /// By name.
    pub name: String,
}

impl Appointment {
    /// The last moment at which the client cancels in time.
    pub fn free_until(&self) -> Timestamp {
        self.starts_at - SignedDuration::from_mins(i64::from(self.cancel_min))
    }

    /// Whether a client who cancels now does so late. What a practice calls off is never late.
    pub fn is_late(&self, by: By, now: Timestamp) -> bool {
        by == By::Client && self.free_until() < now
    }

    /// It can be called off: booked, and not begun.
    pub fn can_be_canceled(&self, now: Timestamp) -> bool {
        self.state == State::Booked && now < self.starts_at
    }

    /// It can be called missed: it has begun, and nobody has said that it took place.
    pub fn can_be_missed(&self, now: Timestamp) -> bool {
        self.state == State::Booked && self.starts_at <= now
    }

    /// It can be booked by who chose it: held, or lapsed and perhaps still open.
    pub fn can_be_booked(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Held | State::Lapsed) && now < self.starts_at
    }

    /// It is held, and nobody else gets it.
    pub fn is_held(&self, now: Timestamp) -> bool {
        self.state == State::Held && self.held_until.is_some_and(|until| now < until)
    }
}

/// An appointment as the charter knows it, before or after it is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Planned {
    /// Where.
    pub practice: PracticeId,
    /// Which one.
    pub id: AppointmentId,
    /// With whom, as a person.
    pub clinician: PersonId,
    /// The client, once they sign in.
    pub of: Option<PersonId>,
}

impl Thing for Planned {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Appointment, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let person = |id: PersonId| -> Fact { Uid::new(Kind::Person, id).into() };
        Facts::new().with("clinician", person(self.clinician)).with_some("of", self.of.map(person))
    }
}

impl Appointment {
    /// As the charter knows it.
    pub fn planned(&self) -> Planned {
        Planned {
            practice: self.practice,
            id: self.id,
            clinician: self.person,
            of: self.client.as_ref().and_then(|client| client.person),
        }
    }
}
