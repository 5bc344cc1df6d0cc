//! Every sentence of this room that a person reads. Those who work here read English.

use ground::html::{Lang, when};
use jiff::civil::{Date, Time};

use crate::model::{DAY_MIN, Intake};

pub const TITLE: &str = "Your hours";
pub const HOURS: &str = "Hours";
pub const INDEX_WHY: &str = "When each clinician is open, as they say it.";
pub const NOBODY: &str = "Clinicians will be listed here once they are.";
pub const COLLEAGUES: &str = "Colleagues";
pub const SEE: &str = "See";

pub const DAYS: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub const CLOSED: &str = "Closed.";
pub const OPEN_TO_ALL: &str = "open to anybody";
pub const OPEN_TO_NEW: &str = "open to new clients";
pub const OPEN_TO_CURRENT: &str = "open to current clients";
pub const AT_OFFICE: &str = "in the office only";
pub const BY_VIDEO: &str = "by video only";
pub const PROTECTED: &str = "protected: only you open it";
pub const CLOSE: &str = "Close";
pub const BACK: &str = "Back to hours";
pub const GIVE_BACK: &str = "Give back";
pub const LIKE_ANY: &str = "Undo";

pub const WEEK: &str = "Your week";
pub const OPEN_HOURS: &str = "Open hours";
pub const ON_DAYS: &str = "On which days";
pub const FROM: &str = "From";
pub const TO: &str = "To";
pub const TIME_HINT: &str = "Such as 9:00 AM";
pub const TO_HINT: &str = "Such as 5:00 PM";
pub const FOR_WHOM: &str = "For whom";
pub const WHERE: &str = "Where";
pub const ANYBODY: &str = "Anybody";
pub const NEW_ONLY: &str = "New clients only";
pub const CURRENT_ONLY: &str = "Current clients only";
pub const ANYWHERE: &str = "Office or video";
pub const OFFICE_ONLY: &str = "Office only";
pub const VIDEO_ONLY: &str = "Video only";
pub const OPEN_ACT: &str = "Open these hours";

pub const PROTECT: &str = "Protect time";
pub const PROTECT_WHY: &str = "Nobody else can open it, book in it or give it away. Visits that \
     are booked there already stay until you move them.";
pub const PROTECT_ACT: &str = "Protect this time";

pub const LEAVE: &str = "Leave";
pub const LEAVE_WHY: &str = "Whole days. Nobody is told why. Visits that are booked already stay \
     until you move them.";
pub const NO_LEAVE: &str = "No leave from today on.";
pub const FIRST_DAY: &str = "First day";
pub const LAST_DAY: &str = "Last day";
pub const LEAVE_ACT: &str = "Take leave";

pub const DATES: &str = "Dates that differ";
pub const DATES_WHY: &str = "One date with other hours than its week says. Leave the hours empty \
     to close it.";
pub const ONE_DATE: &str = "Change one date";
pub const NO_DATES: &str = "Every date is like its week.";
pub const ON_DATE: &str = "On";
pub const DATE_ACT: &str = "Change this date";
pub const CLOSED_ON: &str = "closed";

pub const NEW_CLIENTS: &str = "New clients";
pub const TAKING: &str = "Taking new clients";
pub const LIMIT: &str = "Set a limit";
pub const CHANGE_INTAKE: &str = "Pause or limit";
pub const PAUSE: &str = "Pause until a day";
pub const MOST: &str = "How many clients you treat at most";
pub const MOST_HINT: &str = "Leave it empty for no limit. Nobody may set this for you.";
pub const MOST_ACT: &str = "Save the limit";
pub const REOPENS: &str = "Pause until";
pub const REOPENS_HINT: &str = "From this date on you take new clients again, without doing \
     anything.";
pub const REOPENS_ACT: &str = "Pause until then";

pub const CHOOSE_DAYS: &str = "Choose at least one day";
pub const ENTER_FROM: &str = "Enter when it begins, such as 9:00 AM";
pub const ENTER_TO: &str = "Enter when it ends, such as 5:00 PM";
pub const ENTER_LATER: &str = "Enter an end that is later than the beginning: 5 PM, or 17:00";
pub const ENTER_DATE: &str = "Enter month, day and year, such as 3 2 2026";
pub const ENTER_AHEAD: &str = "Enter a date from today on";
pub const ENTER_TOMORROW: &str = "Enter a date after today";
pub const ENTER_LAST_DAY: &str = "Enter a last day that is not before the first";
pub const ENTER_SHORTER: &str = "Enter leave of a year at most; take the rest as another one";
pub const ENTER_MOST: &str = "Enter a whole number from 0 to 500, or leave it empty";
pub const CHOOSE_WHOM: &str = "Choose for whom these hours are";
pub const CHOOSE_WHERE: &str = "Choose where these hours are";

/// The lead of one's own page.
pub fn lead(zone: &str, weeks: i64) -> String {
    let place = zone.rsplit('/').next().unwrap_or(zone).replace('_', " ");
    format!("By the clock in {place}. Clients can book up to {weeks} weeks ahead.")
}

/// The title of a colleague's page.
pub fn hours_of(name: &str) -> String {
    format!("{name}: open hours")
}

/// What stands beside the switch.
pub fn taking(intake: &Intake) -> String {
    match (intake.paused, intake.reopens_on, intake.clients_max) {
        (true, Some(day), _) => format!("Paused until {}", when::day_text(Lang::En, day)),
        (true, None, _) => "Paused until you reopen".into(),
        (false, _, Some(1)) => "At most 1 client".into(),
        (false, _, Some(most)) => format!("At most {most} clients"),
        (false, _, None) => "No limit set".into(),
    }
}

/// "9:00 AM to 5:00 PM".
pub fn span(hours: openings::Hours) -> String {
    format!("{} to {}", clock(hours.opens_min), clock(hours.closes_min))
}

/// "Mon, Mar 2 to Fri, Mar 6", or one day alone.
pub fn days(first: Date, last: Date) -> String {
    let text = |day| when::day_text(Lang::En, day);
    if first == last { text(first) } else { format!("{} to {}", text(first), text(last)) }
}

fn clock(minute: u16) -> String {
    if minute == DAY_MIN {
        return "midnight".into();
    }
    let part = |number: u16| i8::try_from(number).unwrap_or(0);
    when::clock_text(Time::constant(part(minute / 60), part(minute % 60), 0, 0))
}

/// Which field a constraint speaks of, and what to do: those that a person can meet.
pub fn conflict(constraint: &str) -> Option<(&'static str, &'static str)> {
    Some(match constraint {
        "weekly_hours_do_not_overlap" => (
            "open_days",
            "Some of this is open already. Close those hours first, or choose others.",
        ),
        "protected_time_does_not_overlap" => {
            ("keep_days", "Some of this is protected already. Choose other times.")
        }
        "leave_does_not_overlap" => {
            ("leave_first", "Some of these days are leave already. Choose the others.")
        }
        "exception_says_one_thing" => {
            ("date_on", "This date differs at that time already. Undo that first.")
        }
        _ => return None,
    })
}
