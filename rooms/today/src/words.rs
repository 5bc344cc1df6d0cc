//! Every sentence of the homes that a person reads.

pub const TODAY: &str = "Today";
pub const NEEDS_YOU: &str = "Needs you";
pub const NOTHING_NEEDED: &str = "Nothing needs you now.";
pub const YOUR_DAY: &str = "Your day";
pub const WEEK: &str = "Week";
pub const FREE_DAY: &str = "No visits today.";
pub const OPEN_HOURS: &str = "Open hours";
pub const OPEN: &str = "Open";
pub const THE_SESSION: &str = "Open the session";
pub const KEPT_FREE: &str = "A visit";
pub const NEXT_VISITS: &str = "Your next visits";
pub const NO_VISITS: &str = "No visit is booked.";
pub const BOOK: &str = "Book a visit";
pub const HANDLED: &str = "Handled for you";
pub const NOTHING_HANDLED: &str = "What the operator does for the practice is listed here, and what \
     it was refused.";
pub const SINCE: &str = "since";
pub const REFUSED: &str = "Refused: ";
pub const SHOW: &str = "Show";
pub const CHOOSE: &str = "Where to?";
pub const CHOOSE_WHY: &str = "You have a part in more than one place. What you see belongs to the \
     one that you choose.";
pub const THE_DESK: &str = "The operator's desk";
pub const NOWHERE: &str = "You have no part anywhere now.";
pub const PRACTICE: &str = "Practice";
pub const MONEY: &str = "Money";
pub const HELP: &str = "Help";
pub const HELP_WHY: &str = "What each place is for. Everything works with the keyboard alone: Tab \
     goes on, Enter opens.";

/// The line of a demo.
pub fn demo(today: &str) -> String {
    format!("Everything here is made up: people, payers, prices. Today is {today}.")
}

/// How many visits a day has.
pub fn visits(count: usize) -> String {
    match count {
        0 => "No visits.".into(),
        1 => "One visit.".into(),
        count => format!("{count} visits."),
    }
}

/// How long it is until a visit begins, in minutes; of one that has begun, that it has.
pub fn until(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        _ if minutes <= 0 => "It is time.".into(),
        (0, 1) => "In one minute.".into(),
        (0, minutes) => format!("In {minutes} minutes."),
        (hours, 0) => format!("In {hours} h."),
        (hours, minutes) => format!("In {hours} h {minutes} min."),
    }
}

/// How often something was done.
pub fn times(count: i64) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}

/// The pages of a practice: path, name, what one finds there, and whether it is the owner's alone.
pub const OF_PRACTICE: &[(&str, &str, &str, bool)] = &[
    ("charter", "Your charter", "What nobody can take from you, tried at each start.", false),
    ("terms", "Terms", "What the practice and the operator agreed, and what you did.", false),
    ("people", "People", "Who belongs here, and as what.", false),
    ("refusals", "Refused", "What somebody tried here and was not allowed.", false),
    ("profile", "Your profile", "What a request for care is matched with.", false),
];

/// The pages of its money.
pub const OF_MONEY: &[(&str, &str, &str, bool)] = &[
    ("statements", "Statements", "What a month came to, line by line.", false),
    ("billing", "Charges and claims", "What was sent to payers, and what came back.", true),
    ("books", "Books", "Every cent with its cause.", true),
    ("fees", "Fees", "What the practice asks for a visit.", true),
];

/// What the operator's people do most, in the past tense.
pub fn did(act: &str) -> Option<&'static str> {
    Some(match act {
        "book_appointment" => "Visits booked in your open hours",
        "cancel_appointment" => "Visits canceled for clients",
        "make_offer" => "Requests put before you",
        "withdraw_offer" => "Requests taken back",
        "send_packet" => "Forms sent to clients",
        "send_claim" => "Claims sent to payers",
        "import_remittance" => "Remittances taken in",
        "settle_exception" => "Remittances sorted out by hand",
        "record_payment" => "Payments written down",
        "close_month" => "Months closed",
        _ => return None,
    })
}
