//! Everything that decides whether somebody can be booked: nothing else is looked at.

use crate::civil::Day;
use crate::stretch::Stretch;
use crate::zone::{Instant, Zone};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Somebody who is not a client yet.
    New,
    /// A client of this clinician.
    Current,
}

/// Where the visit would be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In the clinician's rooms.
    Office,
    /// By video.
    Video,
}

/// Who asks, for a visit where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asker {
    /// New or current.
    pub is: Kind,
    /// Office or video.
    pub place: Place,
}

/// What is to be booked, and how far ahead it may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct VisitType {
    /// Minutes with the client, at least 1.
    pub length_min: u16,
    /// Minutes that must be free before.
    pub before_min: u16,
    /// Minutes that must be free after.
    pub after_min: u16,
    /// Minutes from one candidate start to the next, at least 1.
    pub grid_min: u16,
    /// A start must be at least so many minutes ahead.
    pub notice_min: u32,
    /// A start must be less than so many days of 24 hours ahead.
    pub horizon_days: u16,
    /// As many appointments may start on one local date; no bound where `None`.
    pub day_max: Option<u32>,
    /// As many appointments may start in one local week, Monday to Sunday.
    pub week_max: Option<u32>,
}

/// A stretch of wall clock on one date, in minutes from midnight; 1,440 is the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// First minute.
    pub opens_min: u16,
    /// The minute at which it is over.
    pub closes_min: u16,
}

/// Hours that are offered, and to whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// When.
    pub hours: Hours,
    /// Offered to this kind of asker alone; to any where `None`.
    pub only_for: Option<Kind>,
    /// Offered for this place alone; for any where `None`.
    pub only_at: Option<Place>,
}

/// Days of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Weekdays(u8);

impl Weekdays {
    /// These days, where Monday is 0 and Sunday is 6.
    pub fn of(days: impl IntoIterator<Item = u8>) -> Self {
        Self(days.into_iter().fold(0, |set, day| {
            assert!(day < 7, "a week has seven days");
            set | 1 << day
        }))
    }

    /// `day` is one of them.
    pub fn has(self, day: Day) -> bool {
        self.0 & 1 << day.weekday() != 0
    }
}

/// A window of each week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weekly {
    /// On which days.
    pub days: Weekdays,
    /// When, and for whom.
    pub window: Window,
    /// From this date on.
    pub from_date: Option<Day>,
    /// Until this date, included.
    pub to_date: Option<Day>,
}

/// The windows of one date, in place of its weekly ones; with none the date is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// The date.
    pub date: Day,
    /// All its windows.
    pub windows: Vec<Window>,
}

/// Time of each week that nobody else can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protected {
    /// On which days.
    pub days: Weekdays,
    /// When.
    pub hours: Hours,
}

/// Dates away, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The first date.
    pub from_date: Day,
    /// The last date.
    pub to_date: Day,
}

/// Time that is promised to somebody, with the buffers of its own visit type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Appointment {
    /// The time with the client.
    pub core: Stretch,
    /// Minutes that must be free of other visits before it.
    pub before_min: u16,
    /// Minutes that must be free of other visits after it.
    pub after_min: u16,
}

/// A clinician's calendar as one asker sees it.
///
/// Lists may come in any order and may overlap.
#[derive(Debug, Clone)]
pub struct Question {
    /// The zone of the clinician's wall clock.
    pub zone: Zone,
    /// From when notice and horizon count.
    pub now: Instant,
    /// What is to be booked.
    pub visit: VisitType,
    /// Windows of each week.
    pub weekly: Vec<Weekly>,
    /// Dates with other windows; at most one for a date.
    pub exceptions: Vec<Exception>,
    /// Protected time of each week.
    pub protected: Vec<Protected>,
    /// Leave.
    pub leave: Vec<Leave>,
    /// What is booked or held.
    pub appointments: Vec<Appointment>,
    /// What outside calendars say.
    pub busy: Vec<Stretch>,
    /// Who asks.
    pub asker: Asker,
}

/// Why a start is refused, in the order in which reasons are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// The visit does not lie in hours, whoever asked.
    OutsideHours,
    /// It lies in hours, but no candidate starts there.
    OffGrid,
    /// These hours are for current clients.
    ClosedToNew,
    /// These hours are for new clients.
    ClosedToCurrent,
    /// These hours are for another place.
    OtherPlace,
    /// The clinician is away.
    Leave,
    /// The visit or its buffers meet protected time.
    Protected,
    /// The visit meets an appointment, or one comes within the buffers of the other.
    Appointment,
    /// The visit or its buffers meet an entry of an outside calendar.
    Busy,
    /// Too soon.
    Notice,
    /// Too far ahead.
    Horizon,
    /// As many appointments as may be start on that date.
    DayFull,
    /// As many appointments as may be start in that week.
    WeekFull,
}

impl Reason {
    /// The reason as one word.
    pub fn word(self) -> &'static str {
        match self {
            Self::OutsideHours => "outside_hours",
            Self::OffGrid => "off_grid",
            Self::ClosedToNew => "closed_to_new",
            Self::ClosedToCurrent => "closed_to_current",
            Self::OtherPlace => "other_place",
            Self::Leave => "leave",
            Self::Protected => "protected",
            Self::Appointment => "appointment",
            Self::Busy => "busy",
            Self::Notice => "notice",
            Self::Horizon => "horizon",
            Self::DayFull => "day_full",
            Self::WeekFull => "week_full",
        }
    }
}
