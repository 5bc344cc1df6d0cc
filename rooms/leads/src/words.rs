//! Every sentence of this room that a person reads. The public form is in English for now; those
//! who work here read English.

use ground::html::{Lang, when};
use jiff::ZonedDateTime;

use crate::clock::{ANSWER_WITHIN_MIN, Clock};
use crate::model::{AgeGroup, Channel, Meets, Outcome, Pays, TimeOfWeek, Topic, Why};

// --- The public form -----------------------------------------------------------------------------

pub const ASK: &str = "Find somebody to talk to";
pub const STEP_1: &str = "1 of 2";
pub const STEP_2: &str = "2 of 2, about 2 minutes";
pub const WHAT_BRINGS: &str = "What brings you here?";
pub const WHAT_BRINGS_WHY: &str = "Choose any that fit. Only the people who might see you will \
     read it.";
pub const OWN_WORDS: &str = "In your own words";
pub const OWN_WORDS_HINT: &str = "This page is not for emergencies: nobody reads it at once.";
pub const RISK: &str = "I might hurt myself or somebody else";
pub const WHO_FOR: &str = "Who is it for?";
pub const CONTINUE: &str = "Continue";
pub const CHANGE: &str = "Change what brings you here";
pub const LEAVE_EMPTY: &str = "Leave this empty";

pub const HELP_FIRST: &str = "Before anything else";
pub const HELP_LEAD: &str = "If you or somebody near you is in danger, talk to a person now. It is \
     free, at any hour, and you can stay without a name.";
pub const CALL_988: &str = "Call 988";
pub const TEXT_988: &str = "Text 988";
pub const CALL_911: &str = "Call 911";
pub const WHOM_TO_CALL: &str = "People to talk to now";
pub const LINES: [(&str, &str, &str); 4] = [
    ("911", "tel:911", "An emergency: somebody is hurt, or about to be"),
    ("988", "tel:988", "Suicide and Crisis Lifeline, by phone. Veterans press 1, Spanish press 2"),
    ("Text 988", "sms:988", "The same by text. In Spanish, text AYUDA"),
    ("Text HOME to 741741", "sms:741741", "Crisis Text Line"),
];
pub const HELP_NOT_US: &str = "This page is not for emergencies: nobody reads it at once. Nothing \
     was sent or kept.";
pub const STILL_LOOK: &str = "Look for somebody all the same";

pub const ABOUT_YOU: &str = "How can we reach you?";
pub const ABOUT_YOU_WHY: &str = "What you write goes to the people who answer here, and to a \
     clinician who might see you. It is never used for advertising.";
pub const NAME: &str = "Your name";
pub const NAME_HINT: &str = "The name that we should ask for.";
pub const STATE: &str = "Where you will be when you meet";
pub const STATE_HINT: &str = "A clinician must be licensed for that state.";
pub const CHOOSE: &str = "Choose";
pub const PAYS: &str = "How would you pay?";
pub const PAYS_SELF: &str = "I pay myself";
pub const PAYS_OTHER: &str = "Another plan, or I am not sure";
pub const PLAN: &str = "Which plan";
pub const PLAN_HINT: &str = "As on the front of the card. We check it for you.";
pub const TIMES: &str = "When could you come?";
pub const MEETS: &str = "How would you like to meet?";
pub const EITHER: &str = "Choose none for any.";
pub const LANGUAGES: &str = "Languages";
pub const LANGUAGES_HINT: &str = "Choose those of which one would do.";
pub const METHOD: &str = "A method that you have in mind";
pub const NO_METHOD: &str = "None in particular";
pub const EMAIL: &str = "Your email";
pub const PHONE: &str = "Your phone";
pub const MAY: &str = "How may we reach you? Check all that are fine.";
pub const MAY_HINT: &str = "We say who we are and ask when to talk. Nothing about your reasons is \
     ever in a message.";
pub const MAY_EMAIL: &str = "By email";
pub const MAY_CALL: &str = "By a phone call";
pub const MAY_VOICEMAIL: &str = "With a message on my voicemail, if I do not answer";
pub const MAY_TEXT: &str = "By text message. You can answer STOP at any time";
pub const SEND: &str = "Send";

pub const SENT: &str = "We have your message";
pub const SENT_NEXT: [&str; 3] = [
    "A person reads it and answers you in the way that you chose.",
    "They ask what else matters to you, and look for a clinician who fits and has time.",
    "You decide. A clinician who takes you on writes to you to find an hour.",
];
pub const SENT_THEN: &str = "What happens next";

pub const CHOOSE_AGE: &str = "Choose how old whoever it is for is";
pub const ENTER_SHORTER: &str = "Shorten this to 2,000 characters or fewer";
pub const ENTER_NAME: &str = "Enter a name, in 120 characters or fewer";
pub const CHOOSE_STATE: &str = "Choose the state where you will be";
pub const CHOOSE_PAYS: &str = "Choose how you would pay";
pub const ENTER_PLAN: &str = "Enter the plan in 80 characters or fewer";
pub const ENTER_EMAIL: &str = "Enter your email, such as sam@example.com";
pub const ENTER_PHONE: &str = "Enter your phone with its area code, such as 512 555 0167";
pub const CHOOSE_MAY: &str = "Choose at least one way in which we may answer you";
pub const EMAIL_TO_ANSWER: &str = "Enter your email, or uncheck that we may write to it";
pub const PHONE_TO_ANSWER: &str = "Enter your phone, or uncheck calls and text messages";

/// What stands when too many requests came from one place.
pub fn wait(seconds: u32) -> String {
    match seconds.div_ceil(60) {
        0 | 1 => "Many requests came from your network. Wait a minute and send it again.".into(),
        many => {
            format!("Many requests came from your network. Wait {many} minutes and send it again.")
        }
    }
}

/// The lead of the page after sending.
pub fn sent_lead(holder: &str) -> String {
    let hours = ANSWER_WITHIN_MIN / 60;
    format!("{holder} answers within {hours} business hours: Monday to Friday, 8 to 6.")
}

/// The words in which somebody was asked, as they stood on the page.
pub fn consent_words() -> String {
    let boxes = [MAY_EMAIL, MAY_CALL, MAY_VOICEMAIL, MAY_TEXT];
    format!("{MAY} {MAY_HINT} [{}]", boxes.join("] ["))
}

/// Languages that can be asked for, by tag.
pub const LANGUAGE_LIST: &[(&str, &str)] = &[
    ("en", "English"),
    ("es", "Spanish"),
    ("zh", "Chinese"),
    ("vi", "Vietnamese"),
    ("ko", "Korean"),
    ("ar", "Arabic"),
    ("fr", "French"),
    ("ase", "American Sign Language"),
];

/// Methods that can be asked for, by slug.
pub const METHOD_LIST: &[(&str, &str)] = &[
    ("cbt", "CBT"),
    ("act", "ACT"),
    ("dbt-informed", "DBT skills"),
    ("emdr", "EMDR"),
    ("erp", "ERP"),
    ("cpt", "CPT for trauma"),
    ("cbt-i", "CBT for sleep"),
    ("ifs", "IFS"),
    ("psychodynamic", "Psychodynamic therapy"),
];

/// The states, the District of Columbia and the territories.
pub const STATE_LIST: &[(&str, &str)] = &[
    ("AL", "Alabama"),
    ("AK", "Alaska"),
    ("AS", "American Samoa"),
    ("AZ", "Arizona"),
    ("AR", "Arkansas"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DE", "Delaware"),
    ("DC", "District of Columbia"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("GU", "Guam"),
    ("HI", "Hawaii"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("IA", "Iowa"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("ME", "Maine"),
    ("MD", "Maryland"),
    ("MA", "Massachusetts"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MS", "Mississippi"),
    ("MO", "Missouri"),
    ("MT", "Montana"),
    ("NE", "Nebraska"),
    ("NV", "Nevada"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NY", "New York"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("MP", "Northern Mariana Islands"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VT", "Vermont"),
    ("VI", "Virgin Islands"),
    ("VA", "Virginia"),
    ("WA", "Washington"),
    ("WV", "West Virginia"),
    ("WI", "Wisconsin"),
    ("WY", "Wyoming"),
];

/// A topic as somebody chooses it.
pub fn topic(topic: Topic) -> &'static str {
    match topic {
        Topic::Worry => "Worry or panic",
        Topic::LowMood => "Low mood",
        Topic::Sleep => "Sleep",
        Topic::Happened => "Something that happened to me",
        Topic::Grief => "Grief",
        Topic::Change => "A change: a move, a birth, a job",
        Topic::Relationship => "My relationship",
        Topic::Child => "My child or teen",
        Topic::Substances => "Food, alcohol or drugs",
        Topic::Testing => "Testing: attention, learning, autism",
        Topic::Unsure => "I’m not sure",
    }
}

/// An age group as somebody chooses it.
pub fn age(age: AgeGroup) -> &'static str {
    match age {
        AgeGroup::Small => "A child under 6",
        AgeGroup::Child => "A child of 6 to 12",
        AgeGroup::Teen => "A teen of 13 to 17",
        AgeGroup::Young => "An adult of 18 to 25",
        AgeGroup::Adult => "An adult of 26 to 64",
        AgeGroup::Older => "An adult of 65 or older",
    }
}

/// A time of the week.
pub fn time(time: TimeOfWeek) -> &'static str {
    match time {
        TimeOfWeek::Mornings => "Weekday mornings",
        TimeOfWeek::Afternoons => "Weekday afternoons",
        TimeOfWeek::Evenings => "Weekday evenings",
        TimeOfWeek::Weekends => "Weekends",
    }
}

/// A way to meet.
pub fn meets(meets: Meets) -> &'static str {
    match meets {
        Meets::Video => "By video",
        Meets::Office => "In the office",
    }
}

// --- The desk ------------------------------------------------------------------------------------

pub const LEADS: &str = "Leads";
pub const BACK_TO_LEADS: &str = "Back to leads";
pub const WAITING: &str = "Waiting for us";
pub const WAITING_ASIDE: &str = "who would wait too long, first · business hours 8 to 6";
pub const NOBODY_WAITS: &str = "Nobody waits for an answer. Who asks for care will be listed here.";
pub const ANSWERED: &str = "Answered";
pub const ANSWERED_ASIDE: &str = "the clock stands";
pub const NOBODY_ANSWERED: &str = "Requests that were answered and are still open will be here.";
pub const PROMISE: &str = "Promise: a person’s first answer within 4 business hours. It is the \
     team’s figure and is not kept by person.";
pub const PERSON: &str = "Person";
pub const CLOCK: &str = "Clock";
pub const SOURCE: &str = "Source";
pub const STANDS: &str = "How it stands";
pub const OPEN: &str = "Open";
pub const WHO_COULD: &str = "See who could take it";
pub const WARM: &str = "warm: ready for an offer";
pub const REACHED: &str = "reached";
pub const WORD_LEFT: &str = "word left";

pub const TOLD_US: &str = "They told us";
pub const BRINGS: &str = "Brings them";
pub const FOR_WHOM: &str = "Who it is for";
pub const WHERE: &str = "Where";
pub const HOW_PAID: &str = "How paid";
pub const WHEN: &str = "When";
pub const HOW_MEET: &str = "How to meet";
pub const METHOD_ASKED: &str = "Method";
pub const NOT_SAID: &str = "not said";
pub const ANY: &str = "any";
pub const MAY_WE: &str = "May we";
pub const AGREED: &str = "The words they agreed to";
pub const LOG: &str = "Contact";
pub const ARRIVED: &str = "Asked for care";
pub const NO_LOG: &str = "Each try to reach them will be listed here.";
pub const HOW_IT_WENT: &str = "How it went";
pub const CHANNEL: &str = "How you tried";
pub const OUTCOME: &str = "What came of it";
pub const KNOWN: &str = "Known from them now";
pub const NEED_KNOWN: &str = "What they need";
pub const PAY_KNOWN: &str = "How they pay";
pub const KNOWN_HINT: &str = "Ask about times, place and plan. What it is about stays between \
     them and a clinician: if they begin to tell, say so kindly.";
pub const NOT_AGREED: &str = "They did not agree to this";
pub const WRITE_DOWN: &str = "Write it down";
pub const CLOSE: &str = "Close this request";
pub const CLOSE_WHY: &str = "Why";
pub const CLOSE_ACT: &str = "Close";
pub const CHOOSE_CHANNEL: &str = "Choose how you tried, among the ways they agreed to";
pub const CHOOSE_OUTCOME: &str = "Choose what came of it";
pub const CHOOSE_WHY: &str = "Choose why it is closed";
pub const IS_CLOSED: &str = "This request is closed. Nothing more is written on it.";
pub const RISK_TITLE: &str = "If they speak of danger";
pub const RISK_DO: &str = "Stay on the line. Ask where they are. Call 988 with them, or 911 where \
     somebody is hurt or about to be, and tell the practice’s clinician at once.";

/// The lead of the inbox.
pub fn inbox_lead(count: usize, longest_min: Option<i64>) -> String {
    match (count, longest_min) {
        (0, _) | (_, None) => "Nobody waits for us.".into(),
        (1, Some(min)) => format!("One person waits for us, for {}.", duration(min)),
        (many, Some(min)) => {
            format!("{} people wait for us, the longest for {}.", number(many), duration(min))
        }
    }
}

/// A small number as a sentence begins with it.
fn number(count: usize) -> String {
    const SMALL: [&str; 8] = ["Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let word = count.checked_sub(2).and_then(|at| SMALL.get(at));
    word.map_or_else(|| count.to_string(), |word| (*word).to_owned())
}

/// The clock in words: "8 min left", "40 min late".
pub fn clock(clock: Clock) -> String {
    match clock.left_min() {
        late @ ..0 => format!("{} late", duration(-late)),
        left => format!("{} left", duration(left)),
    }
}

/// "40 min", "1 h 45", "4 h".
pub fn duration(min: i64) -> String {
    match (min / 60, min % 60) {
        (0, min) => format!("{min} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, min) => format!("{hours} h {min}"),
    }
}

/// The lead of one request's page.
pub fn lead_lead(number: i32, source: &str, at: &ZonedDateTime) -> String {
    let clock = when::clock_text(at.time());
    format!("No. {number}, from {source}, {}, {clock}", when::day_text(Lang::En, at.date()))
}

/// How somebody would pay; the name of a payer is looked up by who asks.
pub fn pays(pays: &Pays, payers: &[(String, String)]) -> String {
    match pays {
        Pays::Themselves => "themselves".into(),
        Pays::Payer(code) => {
            let known = payers.iter().find(|(it, _)| it == code);
            known.map_or_else(|| code.clone(), |(_, name)| name.clone())
        }
        Pays::OtherPlan(said) if said.is_empty() => "a plan they are not sure of".into(),
        Pays::OtherPlan(said) => format!("{said}, not on our list"),
    }
}

/// A channel.
pub fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Call => "Call",
        Channel::Text => "Text message",
        Channel::Email => "Email",
    }
}

/// An outcome.
pub fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reached => "Reached",
        Outcome::LeftWord => "Left word",
        Outcome::NoAnswer => "No answer",
    }
}

/// Why a request is closed.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Accepted => "A clinician took it",
        Why::Elsewhere => "They found care elsewhere",
        Why::Price => "The price",
        Why::NoAnswer => "They could not be reached",
        Why::ChangedMind => "They changed their mind",
        Why::ReferredOut => "They were given others’ names",
        Why::Duplicate => "The same person asked twice",
        Why::NotARequest => "It asked for no care",
    }
}

/// What a duty says.
pub fn people_wait(count: i64) -> String {
    match count {
        1 => "One person asks for care".into(),
        many => {
            format!("{} people ask for care", number(usize::try_from(many).unwrap_or(usize::MAX)))
        }
    }
}

/// Why it is there.
pub fn waits_since(at: &ZonedDateTime) -> String {
    let clock = when::clock_text(at.time());
    format!("Not answered since {}, {clock}", when::day_text(Lang::En, at.date()))
}
