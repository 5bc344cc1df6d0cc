//! Every sentence of this room that a person reads. Those who work here read English.

use codes::Service;
use jiff::civil::Date;

pub const NOTE: &str = "Note";
pub const CHART: &str = "Chart";
pub const NOTES: &str = "Notes";
pub const NOT_BEGUN: &str = "Not begun.";
pub const NOT_SAVED: &str =
    "Not saved yet. Your words stay on this page, and are sent again in a moment.";
pub const KEPT_BESIDE: &str = "Another window saved this note meanwhile. What you type here is kept \
                               beside it; open the note anew to put both together.";
pub const SIGNED_MEANWHILE: &str = "This note was signed meanwhile. Your words stay on this page: \
                                    press Save, and you can add them as an amendment.";
pub const SIGNED_MEANWHILE_TITLE: &str = "This note was signed meanwhile";
pub const SIGNED_MEANWHILE_SAYS: &str =
    "It stays as it was signed. What you typed is below: add it as an amendment, or leave it.";
pub const TIME: &str = "Time, measured";
pub const SESSION: &str = "Session";
pub const TIME_SIGNED: &str = "Time";
pub const TIME_SAID: &str = "Time, as you said";
pub const NOT_TIMED: &str = "the session is still open, or its end is not known";
pub const PLACE: &str = "Place";
pub const OFFICE: &str = "Office";
pub const VIDEO: &str = "Video";
pub const SUGGESTED: &str = "Code, suggested";
pub const TOO_SHORT: &str = "none: too short for one";
pub const DIAGNOSES: &str = "Diagnoses";
pub const NONE_YET: &str = "none yet";
pub const SERVICE: &str = "What it was";
pub const SAVE: &str = "Save";
pub const REVIEW: &str = "Review and sign";
pub const SIGN: &str = "Sign";
pub const GO_ON: &str = "Go on";
pub const WRITE: &str = "Write";
pub const READ: &str = "Read";
pub const BACK_TO_NOTE: &str = "Back to the note";
pub const REVIEW_TITLE: &str = "Before you sign";
pub const REVIEW_LEAD: &str =
    "Once signed, the note stays as it is. You can add to it later, never change it.";
pub const LAST_NOTE: &str = "Last note";
pub const NO_LAST_NOTE: &str = "There is no signed note before this one.";
pub const BLANK: &str = "Write something before you sign";
pub const ASIDE_OPEN: &str =
    "Words from another window wait beside this note. Take them in or leave them out first.";
pub const END_UNKNOWN: &str =
    "The session is still open, or its end is not known. Stop it, or say when it ended, first.";
pub const CHANGED: &str =
    "Another window saved this note after you opened it. Read it once more, then sign.";
pub const ASIDE: &str = "From another window";
pub const TAKE_IN: &str = "Put it into this note";
pub const LEAVE_OUT: &str = "Leave it out";
pub const AMENDMENT: &str = "Amendment";
pub const AMENDMENTS: &str = "Amendments";
pub const AMEND: &str = "Add an amendment";
pub const AMEND_HINT: &str =
    "It stands below the note with today's date. The note stays as it was.";
pub const WRITE_AMENDMENT: &str = "Write what you want to add";
pub const SECTION_TOO_LONG: &str = "Shorten this section: 10,000 characters are the most";
pub const NOTHING: &str = "Nothing.";
pub const SESSION_ENDED: &str = "The session has ended and its note is not signed";
pub const NO_NOTES: &str = "No sessions yet. Each one that you hold appears here with its note.";
pub const UNSIGNED: &str = "Not signed";
pub const SIGNED: &str = "Signed";
pub const ALL_SIGNED: &str = "Every session that has ended has its signed note.";
pub const NONE_SIGNED: &str = "Nothing is signed yet.";
pub const OPEN_SESSION: &str = "session still open";
pub const DRAFT: &str = "draft";
pub const NOTE_SIGNED: &str = "note signed";
pub const NOTE_NOT_SIGNED: &str = "note not signed";
pub const NO_DIAGNOSES: &str = "No diagnosis yet. Search below by word or by code.";
pub const HISTORY: &str = "What happened";
pub const NO_HISTORY: &str = "No sessions yet.";
pub const ADD_DIAGNOSIS: &str = "Add a diagnosis";
pub const FIND: &str = "Find it";
pub const DIAGNOSIS: &str = "Diagnosis";
pub const FIND_HINT: &str = "A word or a code, such as panic or F41";
pub const SEARCH: &str = "Search";
pub const FOUND: &str = "What fits";
pub const NOT_FOUND: &str = "Nothing fits. Try another word, or the beginning of a code.";
pub const SINCE: &str = "Since";
pub const SINCE_HINT: &str = "The first day on which it holds";
pub const ADD: &str = "Add this diagnosis";
pub const END_TODAY: &str = "End today";
pub const CHOOSE_DIAGNOSIS: &str = "Choose a diagnosis";
pub const ENTER_SINCE: &str = "Enter a day that is not after today";
pub const ENTER_SEARCH: &str = "Enter a word or a code";
pub const HAS_IT: &str = "This diagnosis holds already";
pub const ENDS_BEFORE: &str = "This diagnosis begins after today, so it cannot end today.";
pub const CHART_WHY: &str = "Opened for you as one who treats. That you read it is written down.";

/// The heading of a section, and what belongs under it.
pub fn section(name: &str) -> (&'static str, &'static str) {
    match name {
        "subjective" => ("Subjective", "What they say"),
        "objective" => ("Objective", "What you see and do"),
        "assessment" => ("Assessment", "What you make of it"),
        _ => ("Plan", "What comes next"),
    }
}

/// What a session was.
pub fn service(service: Service) -> &'static str {
    match service {
        Service::Individual => "Individual",
        Service::Evaluation => "Diagnostic evaluation",
        Service::FamilyWith => "Family or couple, with the client",
        Service::FamilyWithout => "Family, without the client",
        Service::Group => "Group",
        Service::Crisis => "Crisis",
    }
}

/// The heading of a note.
pub fn note_of(day: &str) -> String {
    format!("Note of {day}")
}

/// When a draft was saved.
pub fn saved(clock: &str) -> String {
    format!("Draft. Saved {clock}.")
}

/// Who signed a note, and when.
pub fn signed(at: &str, by: &str) -> String {
    format!("Signed {at}, {by}.")
}

/// When another window's words were kept.
pub fn kept(clock: &str) -> String {
    format!("Kept {clock}.")
}

/// A note that waits.
pub fn unsigned_note(client: &str) -> String {
    format!("Note for {client}")
}

/// A month of signed notes: "September 2026, 23 notes".
pub fn month(first: Date, notes: usize) -> String {
    let notes = if notes == 1 { "one note".to_owned() } else { format!("{notes} notes") };
    format!("{}, {notes}", first.strftime("%B %Y"))
}

/// The way back to a client's chart.
pub fn back_to(client: &str) -> String {
    format!("Back to {client}")
}

/// A session in what happened.
pub fn session_of(clock: &str) -> String {
    format!("Session at {clock}")
}

/// A diagnosis that was said.
pub fn diagnosed(code: &str, title: &str) -> String {
    format!("Diagnosed: {code} {title}")
}

/// A diagnosis that holds no more.
pub fn no_more(code: &str, title: &str) -> String {
    format!("Holds no more: {code} {title}")
}
