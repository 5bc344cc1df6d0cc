//! Open hours, kept time and intake: types and rules, no I/O.

use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan, tz::TimeZone};
use openings::{Asker, Instant, Local, Stretch, VisitType, Weekdays, Zone};

/// How far ahead an hour can be booked.
pub const HORIZON_WEEKS: i64 = 26;
/// How far protected time is spelled out: the horizon, the week until the next Monday on which it
/// is spelled out further, and one for a worker that stood still.
pub(crate) const SPELLED_WEEKS: i64 = HORIZON_WEEKS + 2;
/// Most clients that a clinician can say she takes.
pub(crate) const CLIENTS_MAX: u16 = 500;
/// A day has so many minutes by the wall clock.
pub(crate) const DAY_MIN: u16 = 1_440;
/// Longest leave, in days from the first to the last.
pub(crate) const LEAVE_DAYS_MAX: i32 = 366;

/// When one clinician works, as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hours {
    /// Where.
    pub practice: PracticeId,
    /// Whose, as listed.
    pub clinician: ClinicianId,
    /// Whose, as a person.
    pub person: PersonId,
}

impl Thing for Hours {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Hours, self.clinician)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let clinician: Fact = Uid::new(Kind::Person, self.person).into();
        Facts::new().with("clinician", clinician)
    }
}

/// Hours that are offered each week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// Monday is 0, Sunday is 6.
    pub weekday: u8,
    /// From when to when.
    pub hours: openings::Hours,
    /// To whom alone; to anybody where `None`.
    pub only_for: Option<openings::Kind>,
    /// Where alone; anywhere where `None`.
    pub only_at: Option<openings::Place>,
}

/// Time of each week that only the clinician gives back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Protected {
    /// Monday is 0, Sunday is 6.
    pub weekday: u8,
    /// From when to when.
    pub hours: openings::Hours,
}

/// One date with other hours than its week says; none where it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exception {
    /// The date.
    pub on_date: Date,
    /// From when to when.
    pub hours: Option<openings::Hours>,
}

/// Dates away, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The first.
    pub from_date: Date,
    /// The last.
    pub to_date: Date,
}

/// Something that stands, with its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row<T> {
    /// Which one.
    pub id: Uuid,
    /// What it says.
    pub is: T,
}

/// How many clients a clinician takes, and whether she takes anybody new today.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Intake {
    /// At most so many; no bound where she set none.
    pub clients_max: Option<u16>,
    /// She takes nobody new today.
    pub paused: bool,
    /// When a pause ends by itself.
    pub reopens_on: Option<Date>,
}

impl Intake {
    /// Whether somebody new may be put before her while she treats so many.
    pub fn is_open(&self, caseload: usize) -> bool {
        !self.paused && self.clients_max.is_none_or(|most| caseload < usize::from(most))
    }
}

/// Everything that a clinician said about when she works, in the words of `openings`.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// The practice's wall clock.
    pub zone: TimeZone,
    /// What is open each week.
    pub weekly: Vec<openings::Weekly>,
    /// Dates with other hours.
    pub exceptions: Vec<openings::Exception>,
    /// Time of each week that only she gives back.
    pub protected: Vec<openings::Protected>,
    /// Leave.
    pub leave: Vec<openings::Leave>,
}

/// What somebody who asks for openings adds to a pattern.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Business time.
    pub now: Timestamp,
    /// What is to be booked.
    pub visit: VisitType,
    /// What is booked or held.
    pub appointments: Vec<openings::Appointment>,
    /// What outside calendars say.
    pub busy: Vec<Stretch>,
    /// Who asks, for a visit where.
    pub asker: Asker,
}

impl Pattern {
    /// The whole question.
    pub fn ask(self, asked: Asked) -> openings::Question {
        openings::Question {
            zone: self.zone.into(),
            now: asked.now.into(),
            visit: asked.visit,
            weekly: self.weekly,
            exceptions: self.exceptions,
            protected: self.protected,
            leave: self.leave,
            appointments: asked.appointments,
            busy: asked.busy,
            asker: asked.asker,
        }
    }

    /// From rows to the words of `openings`.
    pub(crate) fn of(zone: TimeZone, said: &Said) -> Self {
        let weekly = said.weekly.iter().map(|row| openings::Weekly {
            days: Weekdays::of([row.is.weekday]),
            window: openings::Window {
                hours: row.is.hours,
                only_for: row.is.only_for,
                only_at: row.is.only_at,
            },
            from_date: None,
            to_date: None,
        });
        let protected = said.protected.iter().map(|row| openings::Protected {
            days: Weekdays::of([row.is.weekday]),
            hours: row.is.hours,
        });
        let leave = said.leave.iter().map(|row| openings::Leave {
            from_date: row.is.from_date.into(),
            to_date: row.is.to_date.into(),
        });
        Self {
            zone,
            weekly: weekly.collect(),
            exceptions: exceptions(&said.exceptions),
            protected: protected.collect(),
            leave: leave.collect(),
        }
    }
}

/// All windows of one date together, since they replace those of its week.
fn exceptions(rows: &[Row<Exception>]) -> Vec<openings::Exception> {
    let mut dates: Vec<Date> = rows.iter().map(|row| row.is.on_date).collect();
    dates.sort_unstable();
    dates.dedup();
    let of_date = |date: Date| {
        let hours = rows.iter().filter(|row| row.is.on_date == date).filter_map(|row| row.is.hours);
        let windows = hours.map(|hours| openings::Window { hours, only_for: None, only_at: None });
        openings::Exception { date: date.into(), windows: windows.collect() }
    };
    dates.into_iter().map(of_date).collect()
}

/// What stands of all that a clinician said, from today on.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Open hours, by weekday and hour.
    pub weekly: Vec<Row<Window>>,
    /// Dates with other hours, earliest first.
    pub exceptions: Vec<Row<Exception>>,
    /// Protected time, by weekday and hour.
    pub protected: Vec<Row<Protected>>,
    /// Leave, earliest first.
    pub leave: Vec<Row<Leave>>,
}

/// Why time is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeptFor {
    /// Protected.
    Protected,
    /// Leave.
    Leave,
}

/// A stretch of kept time, as instants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Why.
    pub why: KeptFor,
    /// Its first instant.
    pub from: Timestamp,
    /// The first that is no longer in it.
    pub to: Timestamp,
}

/// Protected time of one rule as instants, date by date, from `first` to `last`. What a clock skips
/// whole is no time, and is left out.
pub(crate) fn spell(
    zone: &TimeZone,
    rule: Protected,
    first: Date,
    last: Date,
) -> Vec<(Date, Timestamp, Timestamp)> {
    let zone: Zone = zone.clone().into();
    let mut spelled = Vec::new();
    let mut date = first;
    while date <= last {
        let is_day = date.weekday().to_monday_zero_offset() == rule.weekday.cast_signed();
        if is_day && !zone.skips(date.into()) {
            let from = zone.instant_of(wall(date, rule.hours.opens_min));
            let to = zone.instant_of(wall(date, rule.hours.closes_min));
            if from < to {
                spelled.push((date, from.timestamp(), to.timestamp()));
            }
        }
        let Ok(next) = date.tomorrow() else { break };
        date = next;
    }
    spelled
}

/// From the first instant of one date to the first after another.
pub(crate) fn whole_days(zone: &TimeZone, leave: Leave) -> (Timestamp, Timestamp) {
    let zone: Zone = zone.clone().into();
    let from: Instant = zone.instant_of(wall(leave.from_date, 0));
    let to: Instant = zone.instant_of(wall(leave.to_date, DAY_MIN));
    (from.timestamp(), to.timestamp())
}

fn wall(date: Date, minute: u16) -> Local {
    Local(openings::Day::from(date).start().0 + i64::from(minute) * 60)
}

/// The Monday after a date: the next on which protected time is spelled out further.
pub(crate) fn next_monday(date: Date) -> Date {
    let since = i64::from(date.weekday().to_monday_zero_offset());
    date.saturating_add((7 - since).days())
}

/// Minutes from midnight of a time as people type it: `9`, `9:30`, `9 am`, `5:15 PM`, `17:00`.
/// `None` where it is no time. Without AM or PM it is read on a clock of 24 hours.
pub(crate) fn read_clock(typed: &str) -> Option<u16> {
    let text: String = typed.trim().to_lowercase().replace(['.', ' '], "");
    match text.as_str() {
        "noon" => return Some(DAY_MIN / 2),
        "midnight" => return Some(0),
        _ => {}
    }
    let (text, half) = match (text.strip_suffix("am"), text.strip_suffix("pm")) {
        (Some(rest), _) => (rest, Some(0)),
        (_, Some(rest)) => (rest, Some(DAY_MIN / 2)),
        _ => (text.as_str(), None),
    };
    let (hour, minute) = text.split_once(':').unwrap_or((text, "00"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_digit());
    if !digits(hour) || !digits(minute) || hour.len() > 2 || minute.len() != 2 {
        return None;
    }
    let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
    if minute >= 60 {
        return None;
    }
    match half {
        Some(half) if (1..=12).contains(&hour) => Some(hour % 12 * 60 + minute + half),
        None if hour < 24 || (hour, minute) == (24, 0) => Some(hour * 60 + minute),
        _ => None,
    }
}

/// The time at which hours end: midnight is the end of the day here.
pub(crate) fn read_closing(typed: &str) -> Option<u16> {
    read_clock(typed).map(|minute| if minute == 0 { DAY_MIN } else { minute })
}

/// What others of the practice see of a week: open hours, day by day, without what is protected in
/// them and without a word that something is.
pub(crate) fn open_hours(said: &Said) -> [Vec<openings::Hours>; 7] {
    let mut week = [const { Vec::new() }; 7];
    for row in &said.weekly {
        let kept = said.protected.iter().filter(|kept| kept.is.weekday == row.is.weekday);
        let mut left = vec![row.is.hours];
        for kept in kept {
            left = left.into_iter().flat_map(|hours| without(hours, kept.is.hours)).collect();
        }
        week[usize::from(row.is.weekday)].extend(left);
    }
    week
}

/// What is left of hours on both sides of what is taken out of them.
fn without(hours: openings::Hours, taken: openings::Hours) -> Vec<openings::Hours> {
    let before = openings::Hours { closes_min: hours.closes_min.min(taken.opens_min), ..hours };
    let after = openings::Hours { opens_min: hours.opens_min.max(taken.closes_min), ..hours };
    [before, after].into_iter().filter(|it| it.opens_min < it.closes_min).collect()
}
