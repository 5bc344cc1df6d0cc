//! Every sentence of this room that a person reads. Those who work here read English.

use crate::model::Why;

pub const TITLE: &str = "Session";
pub const BACK: &str = "Back to the week";
pub const TIMES: &str = "Times";
pub const NOTE: &str = "Note";
pub const PLANNED: &str = "Planned";
pub const MEASURED: &str = "Measured";
pub const SAID: &str = "As you said";
pub const WHERE: &str = "Where";
pub const OFFICE: &str = "At the office";
pub const VIDEO: &str = "By video";
pub const NOT_BEGUN: &str =
    "It begins when you press Start. The planned time is never taken for it.";
pub const CANNOT_BEGIN: &str = "This appointment does not stand, or its time is still far off.";
pub const START: &str = "Start now";
pub const STOP: &str = "Stop";
pub const STILL_OPEN: &str = "A session is still open";
pub const OPEN_UNTIL_STOPPED: &str = "It was begun and not stopped";
pub const STILL_OPEN_SAYS: &str =
    "It stays open until you press Stop. Nothing else ends it, not even its planned end.";
pub const NOT_BELIEVED: &str = "This was open for hours";
pub const NOT_BELIEVED_SAYS: &str =
    "It counts nothing until you say below when the session ended. What was measured stays.";
pub const WRITE_NOTE: &str = "Write the note";
pub const OTHERWISE: &str = "It was not as measured";
pub const OTHERWISE_WHY: &str =
    "What you say counts. What was measured stays beside it, and is never changed.";
pub const BEGAN: &str = "It began at";
pub const ENDED: &str = "It ended at";
pub const CLOCK_HINT: &str = "Such as 3:05 PM";
pub const WHY: &str = "Why";
pub const SAY: &str = "Keep this time";
pub const ENTER_BEGAN: &str = "Enter when it began, such as 3:05 PM";
pub const ENTER_ENDED: &str = "Enter when it ended, such as 3:58 PM";
pub const ENDS_LATER: &str = "Enter an end that is after the beginning and not after now";
pub const CHOOSE_WHY: &str = "Choose why it was not as measured";
pub const ANOTHER_OPEN: &str =
    "Another session of yours is still open. Stop it first; you can say afterwards when it ended.";
pub const SIGNED: &str =
    "The note of this session is signed, and its times with it. Amend the note instead.";
pub const NOT_ENDED: &str = "This session is open. Stop it first.";

/// A reason as people say it.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::ForgotToStop => "It was over before I pressed Stop",
        Why::PressedLate => "It had begun before I pressed Start",
        Why::WentOnElsewhere => "The line dropped, and we went on elsewhere",
    }
}

/// How long it was.
pub fn minutes(minutes: u32) -> String {
    format!("{minutes} min")
}
