//! Notes and diagnoses: types and rules, no I/O.

use std::fmt;

use calendar::Place;
use codes::Service;
use ground::html::{Faults, Typed};
use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ids::{AppointmentId, ClientId, ClinicianId, NoteId, PersonId, PracticeId, SessionId, Uuid};
use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use session::{Actual, Session};

use crate::words;

/// Most characters of one section: some 1,500 words.
pub const SECTION_MAX: usize = 10_000;

/// What a note says: what the client says, what the clinician sees, what they make of it, and what
/// comes next.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Soap {
    /// What the client says.
    pub subjective: String,
    /// What the clinician sees and does.
    pub objective: String,
    /// What they make of it.
    pub assessment: String,
    /// What comes next.
    pub plan: String,
}

/// What a note says stays out of logs.
impl fmt::Debug for Soap {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Soap(…)")
    }
}

impl Soap {
    /// The sections in their order, by the name of their field.
    pub fn sections(&self) -> [(&'static str, &str); 4] {
        [
            ("subjective", &self.subjective),
            ("objective", &self.objective),
            ("assessment", &self.assessment),
            ("plan", &self.plan),
        ]
    }

    /// Reads what was typed, as it was typed, but for line ends.
    pub(crate) fn read(typed: &Typed) -> Result<Self, Faults> {
        let section = |name: &str| typed.one(name).replace("\r\n", "\n");
        let text = Self {
            subjective: section("subjective"),
            objective: section("objective"),
            assessment: section("assessment"),
            plan: section("plan"),
        };
        let mut faults = Faults::none();
        for (name, section) in text.sections() {
            if SECTION_MAX < section.chars().count() {
                faults.add(name, words::SECTION_TOO_LONG);
            }
        }
        faults.or(text)
    }

    /// As the fields of a form.
    pub(crate) fn typed(&self) -> Typed {
        let pairs = self.sections().map(|(name, text)| (name.to_owned(), text.to_owned()));
        pairs.into_iter().collect()
    }

    /// How many letters and digits it has: blank sections have none.
    pub fn letters(&self) -> usize {
        self.sections()
            .iter()
            .map(|(_, it)| it.chars().filter(|c| c.is_alphanumeric()).count())
            .sum()
    }

    /// Both texts, section by section, the other one below; what is the same is there once.
    #[must_use]
    pub fn with(&self, other: &Self) -> Self {
        let join = |one: &str, other: &str| match (one.trim(), other.trim()) {
            (_, "") => one.to_owned(),
            ("", _) => other.to_owned(),
            (this, that) if this.contains(that) => one.to_owned(),
            (this, that) if that.contains(this) => other.to_owned(),
            _ => format!("{one}\n\n{other}"),
        };
        Self {
            subjective: join(&self.subjective, &other.subjective),
            objective: join(&self.objective, &other.objective),
            assessment: join(&self.assessment, &other.assessment),
            plan: join(&self.plan, &other.plan),
        }
    }
}

/// What is known of a note without opening it. A session has one note, which bears its id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// Where.
    pub practice: PracticeId,
    /// Which note.
    pub id: NoteId,
    /// Of which session.
    pub session: SessionId,
    /// As which it was planned.
    pub appointment: AppointmentId,
    /// Whom it is about.
    pub client: ClientId,
    /// Who treated.
    pub clinician: ClinicianId,
    /// As a person: the author.
    pub author: PersonId,
    /// What kind of service it was, in the author's word.
    pub service: Service,
}

impl About {
    pub(crate) fn of(session: &Session, service: Service) -> Self {
        Self {
            practice: session.practice,
            id: NoteId(session.id.0),
            session: session.id,
            appointment: session.appointment,
            client: session.client,
            clinician: session.clinician,
            author: session.person,
            service,
        }
    }
}

impl Thing for About {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Note, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let author: Fact = Uid::new(Kind::Person, self.author).into();
        let client: Fact = Uid::new(Kind::Client, self.client).into();
        Facts::new().with("clinician", author).with("client", client)
    }
}

/// A note that is not signed, or not begun. It has no amendments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What is known of it.
    pub about: About,
    /// Goes up with each save; 0 before the first.
    pub version: i32,
    /// When it was saved last.
    pub saved_at: Option<Timestamp>,
}

/// A note that is signed: it has no way to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What is known of it.
    pub about: About,
    /// When.
    pub signed_at: Timestamp,
    /// The beginning that counted then.
    pub began_at: Timestamp,
    /// The end that counted then.
    pub ended_at: Timestamp,
    /// Where they met.
    pub place: Place,
}

/// A note, in one state or the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Its author writes on it.
    Draft(Draft),
    /// It stays.
    Signed(Signed),
}

impl Note {
    /// What is known of it in either state.
    pub fn about(&self) -> &About {
        match self {
            Self::Draft(draft) => &draft.about,
            Self::Signed(signed) => &signed.about,
        }
    }
}

impl Draft {
    pub(crate) fn sign(&self, now: Timestamp, actual: &Actual, place: Place) -> Signed {
        let (began_at, ended_at) = (actual.began_at, actual.ended_at);
        Signed { about: self.about.clone(), signed_at: now, began_at, ended_at, place }
    }
}

impl Signed {
    /// Whole minutes that the session took.
    pub fn minutes(&self) -> u32 {
        codes::minutes_of(&[(self.began_at, self.ended_at)])
    }
}

/// One save: from which window, and which version that window saw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Save {
    /// The window, as the page named it when it was opened.
    pub tab: Uuid,
    /// The version in it.
    pub seen: i32,
    /// The kind of service that is chosen in it.
    pub service: Service,
}

/// What became of a save.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is the note now.
    InTheNote {
        /// The version that it made.
        version: i32,
        /// When.
        at: Timestamp,
    },
    /// Another window was faster: it is kept beside the note.
    Beside {
        /// When.
        at: Timestamp,
    },
}

/// Why a note is not signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsigned {
    /// It says nothing.
    Blank,
    /// Words from another window are neither taken in nor left out.
    Aside,
    /// Nobody knows when the session ended.
    NotTimed,
    /// Another window saved it after it was read.
    Changed,
}

/// A client, where they are treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hers {
    /// Where.
    pub practice: PracticeId,
    /// Who.
    pub client: ClientId,
    /// The clinician who speaks, as a person.
    pub by: PersonId,
}

/// A diagnosis that somebody has or had.
#[derive(Clone, PartialEq, Eq)]
pub struct Diagnosed {
    /// Which row.
    pub id: Uuid,
    /// ICD-10-CM, with its dot.
    pub code: String,
    /// The first day.
    pub since: Date,
    /// The last day, once it is known.
    pub until: Option<Date>,
}

/// Diagnoses stay out of logs.
impl fmt::Debug for Diagnosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Diagnosed({})", self.id)
    }
}

impl Diagnosed {
    /// As the classification calls it.
    pub fn title(&self) -> &'static str {
        codes::diagnosis(&self.code).map_or("", |it| it.title)
    }

    /// Whether it holds on a day; both ends count.
    pub fn holds_on(&self, day: Date) -> bool {
        self.since <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// What a charge may repeat of a signed note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Billable {
    /// The note.
    pub note: NoteId,
    /// Its session.
    pub session: SessionId,
    /// As which it was planned.
    pub appointment: AppointmentId,
    /// Whom it is about.
    pub client: ClientId,
    /// Who treated.
    pub clinician: ClinicianId,
    /// When it was signed.
    pub signed_at: Timestamp,
    /// The beginning that counts.
    pub began_at: Timestamp,
    /// The end that counts.
    pub ended_at: Timestamp,
    /// Whole minutes between them.
    pub minutes: u32,
    /// Where they met.
    pub place: Place,
    /// The kind of service, in the author's word.
    pub service: Service,
    /// ICD-10-CM codes of what was treated, the first one first.
    pub codes: Vec<String>,
}

impl Billable {
    /// The codes that its minutes and its kind of service suggest.
    ///
    /// # Errors
    /// [`codes::TooShort`] where it was too short for any.
    pub fn suggested(&self) -> Result<Vec<codes::Coded>, codes::TooShort> {
        codes::cpt_for(self.minutes, self.service)
    }
}

/// One's own hours, in the charter's words: what a list of one's own sessions asks about.
#[derive(Debug, Clone, Copy)]
pub(crate) struct OwnHours {
    pub practice: PracticeId,
    pub person: PersonId,
}

impl Thing for OwnHours {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Hours, self.person)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let clinician: Fact = Uid::new(Kind::Person, self.person).into();
        Facts::new().with("clinician", clinician)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use proptest::prelude::*;

    fn says(subjective: &str, plan: &str) -> Soap {
        Soap { subjective: subjective.into(), plan: plan.into(), ..Soap::default() }
    }

    #[test]
    fn blank_is_what_has_no_letter() {
        assert_eq!(says(" \n\t…", "—").letters(), 0);
        assert_eq!(says("Sí", "2").letters(), 3);
    }

    #[test]
    fn what_two_windows_wrote_is_put_together_without_saying_it_twice() {
        let both = says("Slept better.", "Log.").with(&says("Slept better. Calls.", "Phone."));
        assert_eq!(both, says("Slept better. Calls.", "Log.\n\nPhone."));
        assert_eq!(says("a", "").with(&says("", "b")), says("a", "b"));
    }

    #[test]
    fn a_section_that_is_too_long_is_named_and_nothing_is_cut() {
        let long = "a".repeat(SECTION_MAX + 1);
        let typed = Typed::none().with("plan", &*long).with("subjective", "x\r\ny");
        assert!(Soap::read(&typed).unwrap_err().has("plan"));
        let typed = Typed::none().with("subjective", "x\r\ny");
        assert_eq!(Soap::read(&typed).unwrap(), says("x\ny", ""));
    }

    #[test]
    fn a_diagnosis_holds_from_its_first_day_to_its_last() {
        let day = date(2026, 2, 9);
        let mut it = Diagnosed { id: Uuid::nil(), code: "F41.1".into(), since: day, until: None };
        assert!(it.holds_on(day) && !it.holds_on(date(2026, 2, 8)));
        it.until = Some(day);
        assert!(it.holds_on(day) && !it.holds_on(date(2026, 2, 10)));
        assert_eq!(it.title(), "Generalized anxiety disorder");
        assert!(!format!("{it:?}{:?}", says("Sam", "")).contains("F41"));
    }

    proptest! {
        #[test]
        fn nothing_of_either_window_is_lost(one in "[ab \n]{0,8}", other in "[ab \n]{0,8}") {
            let both = says(&one, "").with(&says(&other, ""));
            prop_assert!(both.subjective.contains(one.trim()));
            prop_assert!(both.subjective.contains(other.trim()));
        }
    }
}
