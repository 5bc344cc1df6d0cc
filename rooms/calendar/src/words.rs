//! Every sentence of this room that a person reads. Neutral throughout: somebody may read along.

use ground::html::{Lang, when};
use jiff::ZonedDateTime;
use openings::Reason;

use crate::model::{By, Place, State};

pub const WEEK: &str = "Week";
pub const EARLIER: &str = "Earlier";
pub const THIS_WEEK: &str = "This week";
pub const LATER: &str = "Later";
pub const WHOSE: &str = "Whose week";
pub const DAYS: &str = "Days";
pub const MOVE: &str = "Other weeks";
pub const TODAY: &str = "today";
pub const BOOKED_TIME: &str = "Booked";
pub const HELD: &str = "Held";
pub const CANCELED: &str = "Canceled";
pub const MISSED: &str = "Missed";
pub const SAY: &str = "Did it take place?";
pub const LEAVE: &str = "Away";
pub const PROTECTED: &str = "Protected";
pub const CLOSED: &str = "Closed";
pub const OPEN_TO_NEW: &str = "Open to new";
pub const OPEN_TO_CURRENT: &str = "Open to current";
pub const HOURS: &str = "Your hours";

pub const SESSION: &str = "The session";
pub const BOOK: &str = "Book a visit";
pub const BOOK_WHY: &str = "Choose a time. It is held for you while you look it over.";
pub const KIND: &str = "Kind of visit";
pub const PLACE: &str = "Where";
pub const WITH: &str = "With";
pub const NO_TREATING: &str =
    "Nobody here treats this client now, so there is nobody to book with.";
pub const NO_TREATING_YOU: &str = "There is nobody to book with now. When somebody has accepted your request, their open times \
     will be here.";
pub const NO_TYPES: &str = "There is no kind of visit to book yet.";
pub const NEXT_OPEN: &str = "See the next open time";
pub const CHOOSE_ANOTHER: &str = "Choose another time";
pub const CONFIRM: &str = "Book this time";
pub const CHOOSE_TIME: &str = "Choose one of the open times";
pub const NEXT_TIMES: &str = "The next open times:";
pub const NO_NEXT: &str = "There is no open time in the next six weeks.";

pub const VISITS: &str = "Your visits";
pub const COMING: &str = "Coming";
pub const NO_VISITS: &str = "Visits that you have booked will be here.";
pub const WHEN: &str = "When";
pub const WHO: &str = "For";
pub const WHAT: &str = "What";
pub const BECAME: &str = "What became of it";
pub const OPEN: &str = "Open";
pub const CANCEL: &str = "Cancel this visit";
pub const WHO_CANCELS: &str = "Who calls it off?";
pub const CHOOSE_WHO: &str = "Choose who calls it off";
pub const THE_CLIENT: &str = "The client";
pub const THE_PRACTICE: &str = "We do";
pub const THE_PRACTICE_WHY: &str = "Never counts as late.";
pub const SAY_MISSED: &str = "They did not come";
pub const MISSED_WHY: &str =
    "Where it did take place, begin and end its session: that marks it as kept.";
pub const BACK_TO_CLIENT: &str = "Back to the client";
pub const BACK_TO_WEEK: &str = "Back to the week";
pub const BACK_TO_VISITS: &str = "Back to your visits";
pub const NOT_KNOWN: &str = "Not known";

pub const NOT_IN_CARE: &str =
    "This clinician does not treat them now, so nothing was booked. Choose somebody who does.";

/// Where a visit is.
pub fn place(place: Place) -> &'static str {
    match place {
        Place::Office => "In the office",
        Place::Video => "By video",
    }
}

/// How far a visit has come.
pub fn state(state: State) -> &'static str {
    match state {
        State::Held => "Held, not booked yet",
        State::Lapsed => "Not booked",
        State::Booked => "Booked",
        State::Kept => "It took place",
        State::Missed => "Missed",
        State::Canceled => "Canceled",
    }
}

/// What is chosen but the time.
pub fn chosen(visit: &str, length_min: u16, with: &str) -> String {
    format!("{visit} with {with}, {length_min} minutes.")
}

/// The title of a page about a time.
pub fn at(at: &ZonedDateTime) -> String {
    format!("{}, {}", when::day_text(Lang::En, at.date()), when::clock_text(at.time()))
}

/// What is said to whoever chose a time that is not open.
pub fn not_open(why: &[Reason]) -> &'static str {
    if why.contains(&Reason::Appointment) {
        return "Somebody has just taken this time";
    }
    match why.first() {
        // No outside calendar is asked yet: this is the client's own other visit.
        Some(Reason::Busy) => "There is another visit at that time already",
        Some(Reason::Notice) => "This time is too soon to be booked here",
        Some(Reason::Horizon) => "This time is too far ahead to be booked yet",
        _ => "This time is not open",
    }
}

/// The policy as a sentence, beforehand.
pub fn policy(practice: &str, until: &ZonedDateTime, is_over: bool) -> String {
    if is_over {
        return format!(
            "The time to cancel without consequence ended on {}. Canceling now counts as late; \
             what that means is in the policy that {practice} gave you.",
            at(until)
        );
    }
    format!(
        "You can cancel until {} and nothing follows. Later counts as late; what that means is in \
         the policy that {practice} gave you.",
        at(until)
    )
}

/// What a client's canceling counts as, to whoever writes it down.
pub fn client_cancels(until: &str, is_late: bool) -> String {
    if is_late {
        return format!("Counts as late: in time was until {until}.");
    }
    format!("In time until {until}.")
}

/// What became of it, and whose word it is.
pub fn outcome(state: State, by: By, is_late: bool) -> &'static str {
    match (state, by, is_late) {
        (State::Canceled, By::Client, true) => "Canceled by the client, late",
        (State::Canceled, By::Client, false) => "Canceled by the client, in time",
        (State::Canceled, By::Practice, _) => "Canceled by the practice",
        (State::Missed, ..) => "Missed",
        (State::Kept, ..) => "It took place",
        _ => "Not known",
    }
}

/// What the hold says.
pub fn held_until(until: &ZonedDateTime) -> String {
    format!("It is held until {}.", when::clock_text(until.time()))
}

/// The week in a sentence.
pub fn week_says(visits: usize, protected_min: u32) -> String {
    let visits = match visits {
        0 => "no visits".to_owned(),
        1 => "1 visit".to_owned(),
        many => format!("{many} visits"),
    };
    let hours = f64::from(protected_min / 6) / 10.0;
    if protected_min == 0 { visits } else { format!("{visits}, {hours} h protected") }
}

/// Days that are not drawn.
pub fn folded(days: &[String]) -> String {
    format!("{} closed", days.join(" and "))
}

/// No open times in a stretch of days.
pub fn none_open(from: &str, to: &str) -> String {
    format!("No open times from {from} to {to}.")
}

/// The subject of the letter about a booked time.
pub fn booked_subject(at: &str) -> String {
    format!("Booked: {at}")
}

/// The letter about a booked time. `until` is the last moment to cancel in time, if it is not over.
pub fn booked_letter(
    practice: &str,
    with: &str,
    at: &str,
    until: Option<&str>,
    link: &str,
) -> String {
    let cancel = until.map_or_else(
        || "To look at it:".to_owned(),
        |until| {
            format!(
                "You can cancel until {until} and nothing follows. To look at it, or to cancel:"
            )
        },
    );
    format!("Hello,\n\n{practice} expects you on {at}, with {with}.\n\n{cancel}\n\n{link}\n")
}

/// The subject of the letter about a time that was called off.
pub fn canceled_subject(at: &str) -> String {
    format!("Canceled: {at}")
}

/// The letter about a time that was called off.
pub fn canceled_letter(practice: &str, with: &str, at: &str, link: &str) -> String {
    format!(
        "Hello,\n\nYour time at {practice} on {at}, with {with}, is canceled.\n\nTo find another \
         one:\n\n{link}\n"
    )
}

/// A duty: nobody has said whether a visit took place.
pub fn unsaid(name: &str, at: &str) -> String {
    format!("{name}, {at}: did it take place?")
}

/// Why it is there.
pub const UNSAID_WHY: &str = "It is over, and you have not said whether it took place.";
