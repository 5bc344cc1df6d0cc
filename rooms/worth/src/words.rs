//! Every sentence of this room that a person reads. Those who work here read English.

use bookkeeping::Period;
use economics::{Bound, HourBounds, TimeKind, Window, dollars};
use money::Cents;
use payouts::PaidKind;

use crate::falls::Is;

pub const TITLE: &str = "What an hour was worth";
pub const ONLY_YOU: &str = "Only you see this. Nobody at the practice or the operator can, and \
     nothing reads it.";
pub const IN_MONTHS: &str = "Months";
pub const SUMS: &str = "The month, and since you began";
pub const SUMS_ASIDE: &str = "money by your statements, hours as measured";
pub const CAME_IN: &str = "As money came in";
pub const OF_WORK: &str = "For the work of the month";
pub const SINCE: &str = "Since you began";
pub const COLLECTED: &str = "Collected";
pub const NET: &str = "What you kept";
pub const HOURS: &str = "Hours";
pub const HOUR: &str = "For each hour";
pub const SPLIT: &str = "Of what was collected";
pub const NOT_CLOSED_YET: &str = "The month is open: these are its figures so far, with the prices of \
     a whole month.";
pub const TAX: &str = "Half of self-employment tax";
pub const AFTER_TAX: &str = "After half of self-employment tax";
pub const HOUR_AFTER_TAX: &str = "For each hour, after that tax";
pub const SPLIT_AFTER_TAX: &str = "Of what was collected, after that tax";
pub const EMPLOYERS_TAX: &str =
    "No tax is in these figures: your employer pays half of payroll tax.";
pub const TAX_WHY: &str = "An estimate, not tax advice: the half of payroll tax that an employer \
     would pay (26 U.S.C. §1401).";
pub const NO_TAX: &str = "No tax is in these figures.";
pub const NOT_KNOWN: &str = "not known yet";
pub const NOT_CLOSED: &str = "The month is not closed.";

pub const FALLS: &str = "From a session hour to an hour";
pub const FALLS_ASIDE: &str = "dollars an hour, as money came in";
pub const BY_KIND: &str = "Hours by kind";
pub const NOT_RECORDED: &str = "not recorded";
pub const NONE_SAID: &str = "none this month";
pub const NO_HOURS: &str = "When a session or a note is measured, its hours will stand here.";
pub const OUTSIDE: &str = "Outside your own hours";
pub const OUTSIDE_WHY: &str = "Outside the hours that you had opened that day, on leave, or in time \
     that you protect.";
pub const NEVER_OPENED: &str = "You have opened no hours yet, so nothing can lie outside them.";
pub const MONTH: &str = "Month";
pub const LAY_OUTSIDE: &str = "Outside";
pub const MONEY: &str = "Money";
pub const YOUR_STATEMENT: &str = "Your statement";

pub const SAY: &str = "Say what a day was";
pub const SAY_WHY: &str = "What you say stands in place of what was measured for that kind and day. \
     Both stay, and nobody asks why.";
pub const KIND: &str = "What the time went to";
pub const CHOOSE: &str = "Choose a kind";
pub const DAY: &str = "Day";
pub const MINUTES: &str = "How long, in all on that day";
pub const MINUTES_HINT: &str = "In minutes, or as hours and minutes, such as 1:30.";
pub const KEEP: &str = "Keep this";
pub const NOT_RECORDED_YET: &str = "Not recorded this month";
pub const NO_SECOND: &str = "No second counts twice: what two stretches share counts for the first \
     of their kinds.";
pub const NONE_OF_THESE: &str = "None of these this month";

pub const PAID_HOURS: &str = "Hours that your engagement pays";
pub const HAND_IN_WHY: &str = "Only what you hand in goes to the practice, as one number for the \
     month. Handed in again, it takes the place of what you said before.";
pub const PAID_KIND: &str = "What the practice is to pay";
pub const PAID_MINUTES: &str = "How long, in all in this month";
pub const HAND_IN: &str = "Hand it in";
pub const CHOOSE_PAID: &str = "Choose what the practice is to pay";
pub const MONTH_IS_CLOSED: &str = "This month is closed: hand it in with the month that is open";

pub const SENT_BEFORE: &str = "This form was sent before with something else, and that stands. Send \
     it again to change it";
pub const ENTER_KIND: &str = "Choose what the time went to";
pub const ENTER_DAY: &str = "Enter the day, such as 1 14 2026";
pub const ENTER_PAST_DAY: &str = "Enter a day that is not in the future";
pub const ENTER_MINUTES: &str = "Enter minutes, such as 90, or hours and minutes, such as 1:30";

pub const MONEY_OF: &str = "Money of";
pub const MONEY_LEAD: &str = "What the bars are counted from.";
pub const MONEY_IN: &str = "What came in";
pub const PAY: &str = "What your engagement makes of it";
pub const PRICES: &str = "The operator\u{2019}s prices, and what cards cost";
pub const CAME_ON: &str = "Came in";
pub const FOR_WORK_OF: &str = "For work of";
pub const FROM: &str = "From";
pub const CLIENT: &str = "client";
pub const AMOUNT: &str = "Amount";
pub const WHAT: &str = "What";
pub const HOW: &str = "How it came about";
pub const NO_MONEY: &str = "Nothing in this month.";

pub const BACK: &str = "Back to what an hour was worth";
pub const FROM_TO: &str = "From and to";
pub const LENGTH: &str = "How long";
pub const WHOSE_WORD: &str = "How it is known";
pub const MEASURED: &str = "measured";
pub const BY_YOU: &str = "as you said it";
pub const NOT_STOPPED: &str = "not stopped; planned length";
pub const IN_ALL: &str = "in all that day";
pub const EARLIER_WORD: &str = "said before, and changed since";
pub const NOTHING_MEASURED: &str = "Nothing of this kind is known in this month.";

/// "January 2026".
pub fn month(month: Period) -> String {
    month.first_day().strftime("%B %Y").to_string()
}

/// A kind of work.
pub fn kind(kind: TimeKind) -> &'static str {
    match kind {
        TimeKind::Session => "Sessions",
        TimeKind::Supervision => "Supervision",
        TimeKind::Consultation => "Consultation",
        TimeKind::Intake => "Intake calls",
        TimeKind::Notes => "Notes",
        TimeKind::Reports => "Reports",
        TimeKind::Messages => "Messages",
        TimeKind::Billing => "Billing",
        TimeKind::Scheduling => "Scheduling",
        TimeKind::Training => "Training",
        TimeKind::Marketing => "Marketing",
        TimeKind::Admin => "Everything else",
        TimeKind::Missed => "Waiting in missed visits",
    }
}

/// What an hour was worth, as exactly as it is known: before and after the figure stand words.
pub fn hour(hour: &HourBounds) -> Option<String> {
    let of = |cents: Option<Cents>| cents.map(dollars);
    match (hour.bound, of(hour.low), of(hour.high)) {
        (Bound::Exact, Some(low), _) => Some(low),
        (Bound::Range, Some(low), Some(high)) => Some(format!("between {low} and {high}")),
        (Bound::AtMost, _, Some(high)) => Some(format!("at most {high}")),
        (Bound::AtLeast, Some(low), _) => Some(format!("at least {low}")),
        _ => None,
    }
}

/// The name of a bar. The last is drawn for the hours that are known.
pub fn step(is: Is, bound: Bound) -> String {
    match is {
        Is::Collected => "Collected, for a session hour".into(),
        Is::PracticeShare => "The practice\u{2019}s part".into(),
        Is::Prices => "Prices and card fees".into(),
        Is::SessionHour => "Yours, for a session hour".into(),
        Is::Hours(of, seconds) => format!("{} h: {}", hours(seconds), lower(kind(of))),
        Is::Hour => match bound {
            Bound::Exact | Bound::None => "For each hour worked".into(),
            Bound::AtMost | Bound::Range => "For each hour, at most".into(),
            Bound::AtLeast => "For each hour, at least".into(),
        },
    }
}

/// What an hour was worth over the last closed months, for their work.
pub fn trailing(first: Period, last: Period, of: &Window) -> Option<String> {
    let hour = hour(&of.effective_hour)?;
    let (first, last) = (month(first), month(last));
    Some(format!("For the work of {first} to {last}, all closed, an hour was worth {hour}."))
}

/// Hours to a tenth.
pub fn hours(seconds: i64) -> String {
    let tenths = (seconds.saturating_mul(10) + 1_800).div_euclid(3_600);
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// "1 h 05 min", and seconds where there are some: what stands in rows adds up.
pub fn length(seconds: i64) -> String {
    let minutes = seconds.div_euclid(60);
    let length = match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, minutes) => format!("{hours} h {minutes:02} min"),
    };
    match seconds.rem_euclid(60) {
        0 => length,
        seconds => format!("{length} {seconds} s"),
    }
}

/// Basis points to a tenth of a per cent.
pub fn per_cent(points: i64) -> String {
    let sign = if points < 0 { "\u{2212}" } else { "" };
    let tenths = (points.abs() + 5) / 10;
    format!("{sign}{}.{}%", tenths / 10, tenths % 10)
}

/// How the hours are known.
pub fn coverage(total_s: i64, said_s: i64, not_recorded: &[TimeKind]) -> String {
    let said = if total_s == 0 { 0 } else { (said_s.min(total_s) * 100 + total_s / 2) / total_s };
    let mut line = match total_s {
        0 => "Hours: none are known".to_owned(),
        _ if said == 0 => "Hours: all measured".to_owned(),
        _ => format!("Hours: {}% measured, {said}% as you said them", 100 - said),
    };
    if !not_recorded.is_empty() {
        let kinds: Vec<String> = not_recorded.iter().map(|it| lower(kind(*it))).collect();
        line.push_str(&format!("; not recorded: {}", kinds.join(", ")));
    }
    line.push('.');
    line
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// What a further hour a week would make of it.
pub fn further(hour: Cents) -> String {
    format!("Each further hour a week would make it {}.", dollars(hour))
}

/// How much lay outside.
pub fn outside(outside_s: i64, placed_s: i64) -> String {
    format!("{} of {} measured hours.", hours(outside_s), hours(placed_s))
}

/// Said by day, without a place in it.
pub fn not_placed(said_s: i64) -> Option<String> {
    (0 < said_s).then(|| {
        format!("Your own word for {} hours has no time of day, and is in neither.", hours(said_s))
    })
}

/// What an engagement pays by the hour.
pub fn paid_kind(kind: PaidKind) -> &'static str {
    match kind {
        PaidKind::Admin => "Admin",
        PaidKind::Supervision => "Supervision",
    }
}

/// What it pays.
pub fn pays(kind: PaidKind, rate: Cents) -> String {
    format!("{}: {} an hour, by the minute.", paid_kind(kind), dollars(rate))
}

/// What was handed in of a month.
pub fn handed_in(of: Period, minutes: Option<i64>) -> String {
    match minutes {
        Some(minutes) => format!("You handed in {} for {}.", length(minutes * 60), month(of)),
        None => format!("You handed in nothing for {}.", month(of)),
    }
}

/// What is still expected of the month's work.
pub fn open(cents: Cents) -> String {
    format!("{} of its work is still open.", dollars(cents))
}

/// A length that does not fit in a day.
pub fn too_long(minutes: i64) -> String {
    format!("Enter at most {minutes} minutes: that day has no more")
}
