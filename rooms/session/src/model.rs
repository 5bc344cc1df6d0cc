//! Planned, measured and said: three kinds of time, and what counts.

use std::str::FromStr;

use calendar::{Place, State};
use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ground::spans::Source;
use ids::{AppointmentId, ClientId, ClinicianId, PersonId, PracticeId, SessionId, Uuid};
use jiff::{SignedDuration, Timestamp};

/// A session that was measured longer than this was not stopped when it ended: nobody's minutes
/// are counted from it until its clinician says when that was.
pub const BELIEVED: SignedDuration = SignedDuration::from_hours(4);
/// How long before its planned beginning a session may be begun.
pub const EARLY: SignedDuration = SignedDuration::from_hours(2);

/// An appointment, seen as a session that may take place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Where.
    pub practice: PracticeId,
    /// Which one.
    pub appointment: AppointmentId,
    /// Whom it is for.
    pub client: ClientId,
    /// By the name that the practice uses.
    pub client_name: String,
    /// Who treats.
    pub clinician: ClinicianId,
    /// As a person.
    pub person: PersonId,
    /// Where they meet.
    pub place: Place,
    /// When it was planned to begin. No session is ever timed by it.
    pub starts_at: Timestamp,
    /// When it was planned to end.
    pub ends_at: Timestamp,
    /// Whether it still holds.
    pub stands: bool,
    /// As the charter knows it.
    pub(crate) thing: calendar::Planned,
}

impl Planned {
    /// An appointment that somebody is to be at; nothing where nobody is, or may be known to be.
    pub(crate) fn of(appointment: &calendar::Appointment) -> Option<Self> {
        let attending = appointment.client.as_ref()?;
        Some(Self {
            practice: appointment.practice,
            appointment: appointment.id,
            client: attending.client,
            client_name: attending.name.clone(),
            clinician: appointment.clinician,
            person: appointment.person,
            place: appointment.place,
            starts_at: appointment.starts_at,
            ends_at: appointment.ends_at,
            stands: matches!(appointment.state, State::Booked | State::Missed | State::Kept),
            thing: appointment.planned(),
        })
    }

    /// Whether it may begin now: it stands, and its time is near or past.
    pub fn may_begin(&self, now: Timestamp) -> bool {
        self.stands && self.starts_at - EARLY <= now
    }

    pub(crate) fn begin(&self, id: SessionId, now: Timestamp) -> Session {
        Session {
            id,
            practice: self.practice,
            appointment: self.appointment,
            client: self.client,
            clinician: self.clinician,
            person: self.person,
            place: self.place,
            measured: Measured { began_at: now, ended_at: None },
            said: None,
        }
    }

    /// The session that it becomes, as the charter knows it.
    pub(crate) fn session_thing(&self, id: SessionId) -> Timed {
        Timed { practice: self.practice, id, clinician: self.person }
    }
}

/// When somebody pressed *start*, and when *stop*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measured {
    /// The beginning.
    pub began_at: Timestamp,
    /// The end; until then the session is open.
    pub ended_at: Option<Timestamp>,
}

/// When it took place, in the clinician's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Said {
    /// The beginning.
    pub began_at: Timestamp,
    /// The end.
    pub ended_at: Timestamp,
    /// Why it was not as measured.
    pub why: Why,
}

/// Why a time was not as measured. No words of one's own: they would end up about the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It had begun before *start* was pressed.
    PressedLate,
    /// It was over before *stop* was pressed.
    ForgotToStop,
    /// The line dropped, and it went on elsewhere.
    WentOnElsewhere,
}

impl Why {
    /// All, most frequent first.
    pub const ALL: &[Self] = &[Self::ForgotToStop, Self::PressedLate, Self::WentOnElsewhere];

    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::PressedLate => "pressed_late",
            Self::ForgotToStop => "forgot_to_stop",
            Self::WentOnElsewhere => "went_on_elsewhere",
        }
    }
}

impl FromStr for Why {
    type Err = String;

    fn from_str(word: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|why| why.word() == word);
        found.copied().ok_or_else(|| format!("{word:?} is no reason"))
    }
}

/// The time that counts, and whose word it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actual {
    /// The beginning.
    pub began_at: Timestamp,
    /// The end.
    pub ended_at: Timestamp,
    /// Measured, or said.
    pub source: Source,
}

impl Actual {
    /// Whole minutes that passed.
    pub fn minutes(&self) -> u32 {
        u32::try_from(self.ended_at.duration_since(self.began_at).as_mins()).unwrap_or(0)
    }
}

/// A meeting that takes place or took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Which one.
    pub id: SessionId,
    /// Where.
    pub practice: PracticeId,
    /// What it was planned as.
    pub appointment: AppointmentId,
    /// With whom.
    pub client: ClientId,
    /// Who treats.
    pub clinician: ClinicianId,
    /// As a person.
    pub person: PersonId,
    /// Where they met.
    pub place: Place,
    /// As measured.
    pub measured: Measured,
    /// The last word about it, with its id.
    pub said: Option<(Uuid, Said)>,
}

impl Session {
    /// Whether it goes on.
    pub fn is_open(&self) -> bool {
        self.measured.ended_at.is_none()
    }

    /// The time that counts. None while it is open, and none where it was measured for longer than
    /// anybody would believe until its clinician says when it ended.
    pub fn actual(&self) -> Option<Actual> {
        let ended_at = self.measured.ended_at?;
        if let Some((_, said)) = self.said {
            let source = Source::Entered;
            return Some(Actual { began_at: said.began_at, ended_at: said.ended_at, source });
        }
        let began_at = self.measured.began_at;
        let is_believed = ended_at.duration_since(began_at) <= BELIEVED;
        is_believed.then_some(Actual { began_at, ended_at, source: Source::Measured })
    }

    /// It ends now.
    #[must_use]
    pub(crate) fn end(mut self, now: Timestamp) -> Self {
        self.measured.ended_at = Some(now);
        self
    }

    /// As the charter knows it.
    pub fn thing(&self) -> impl Thing + use<> {
        Timed { practice: self.practice, id: self.id, clinician: self.person }
    }
}

/// A session in the charter's words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timed {
    practice: PracticeId,
    id: SessionId,
    clinician: PersonId,
}

impl Thing for Timed {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Session, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let clinician: Fact = Uid::new(Kind::Person, self.clinician).into();
        Facts::new().with("clinician", clinician)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minutes: i64) -> Timestamp {
        let three: Timestamp = "2026-02-09T15:00:00Z".parse().unwrap();
        three + SignedDuration::from_mins(minutes)
    }

    fn planned() -> Planned {
        Planned {
            practice: PracticeId(Uuid::from_u128(1)),
            appointment: AppointmentId(Uuid::from_u128(2)),
            client: ClientId(Uuid::from_u128(3)),
            client_name: "Sam Whitfield".into(),
            clinician: ClinicianId(Uuid::from_u128(4)),
            person: PersonId(Uuid::from_u128(5)),
            place: Place::Office,
            starts_at: at(0),
            ends_at: at(50),
            stands: true,
            thing: calendar::Planned {
                practice: PracticeId(Uuid::from_u128(1)),
                id: AppointmentId(Uuid::from_u128(2)),
                clinician: PersonId(Uuid::from_u128(5)),
                of: None,
            },
        }
    }

    fn begun() -> Session {
        planned().begin(SessionId(Uuid::from_u128(6)), at(3))
    }

    #[test]
    fn what_counts_is_what_was_measured_and_never_what_was_planned() {
        let open = begun();
        assert!(open.is_open() && open.actual().is_none(), "an open session has no minutes");

        let actual = open.end(at(56)).actual().unwrap();

        assert_eq!((actual.began_at, actual.ended_at), (at(3), at(56)));
        assert_eq!((actual.minutes(), actual.source), (53, Source::Measured));
    }

    #[test]
    fn a_second_less_is_a_minute_less() {
        let ended = begun().end(at(56) - SignedDuration::from_secs(1));
        assert_eq!(ended.actual().unwrap().minutes(), 52);
    }

    #[test]
    fn what_was_left_running_for_hours_counts_nothing_until_she_says_when_it_ended() {
        let mut forgotten = begun().end(at(9 * 60));
        assert_eq!(forgotten.actual(), None);

        let said = Said { began_at: at(3), ended_at: at(53), why: Why::ForgotToStop };
        forgotten.said = Some((Uuid::from_u128(7), said));

        let actual = forgotten.actual().unwrap();
        assert_eq!((actual.minutes(), actual.source), (50, Source::Entered));
        assert_eq!(forgotten.measured.ended_at, Some(at(9 * 60)), "the measured time stays");
    }

    #[test]
    fn a_session_begins_near_its_time_or_after_it() {
        for (minutes, stands, may) in
            [(-121, true, false), (-120, true, true), (0, false, false), (600, true, true)]
        {
            let planned = Planned { stands, ..planned() };
            assert_eq!(planned.may_begin(at(minutes)), may, "{minutes} {stands}");
        }
    }
}
