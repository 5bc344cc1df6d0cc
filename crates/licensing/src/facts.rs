//! What is known: licenses, authorities, supervision, compacts, and where the two people are.

use jiff::civil::Date;

use crate::answer::Basis;
use crate::state::State;

/// How the two meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// In one room.
    InPerson,
    /// By video.
    Video,
    /// By telephone.
    Audio,
}

/// What a license is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Profession {
    /// Psychologist.
    Psychologist,
    /// Counselor.
    Counselor,
    /// Social worker.
    SocialWorker,
    /// Marriage and family therapist.
    Mft,
    /// Psychiatric mental health nurse practitioner.
    Pmhnp,
}

/// Whether a license stands alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Without supervision.
    Independent,
    /// Under supervision; a trainee's permit too.
    Associate,
}

/// What the board says of a license, taken as true on whatever day is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In good standing.
    Active,
    /// Put to rest by its holder.
    Inactive,
    /// Not renewed.
    Lapsed,
    /// In force under terms of the board.
    Probation,
    /// Restricted by the board.
    Encumbered,
    /// Given up.
    Retired,
}

/// A license of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// Who issued it.
    pub state: State,
    /// What it is for.
    pub profession: Profession,
    /// Whether it stands alone.
    pub level: Level,
    /// Its first day.
    pub issued: Date,
    /// Its last day.
    pub expires: Date,
    /// What the board says.
    pub status: Status,
    /// Clients must be told of the probation; counts only on probation.
    pub must_disclose: bool,
    /// The last day on which the board lets the holder practice while a renewal is pending.
    pub grace_to: Option<Date>,
}

/// What lets a clinician serve without a license of the client's state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuthorityKind {
    /// PSYPACT's authority to practice interjurisdictional telepsychology.
    Apit,
    /// PSYPACT's temporary authorization to practice, in person.
    Tap,
    /// A privilege of the Counseling Compact.
    CcPrivilege,
    /// A multistate license of the Social Work Licensure Compact.
    SwlcMultistate,
    /// A state's registration for telehealth from outside.
    TelehealthReg,
    /// A state's temporary practice.
    Temp,
}

impl AuthorityKind {
    pub(crate) fn basis(self) -> Basis {
        match self {
            Self::Apit => Basis::Apit,
            Self::Tap => Basis::Tap,
            Self::CcPrivilege => Basis::CcPrivilege,
            Self::SwlcMultistate => Basis::SwlcMultistate,
            Self::TelehealthReg => Basis::TelehealthReg,
            Self::Temp => Basis::Temp,
        }
    }

    /// The compact it rests on, with the profession that the home license must be for.
    pub(crate) fn compact(self) -> Option<(Compact, Profession)> {
        match self {
            Self::Apit | Self::Tap => Some((Compact::Psypact, Profession::Psychologist)),
            Self::CcPrivilege => Some((Compact::Counseling, Profession::Counselor)),
            Self::SwlcMultistate => Some((Compact::SocialWork, Profession::SocialWorker)),
            Self::TelehealthReg | Self::Temp => None,
        }
    }

    pub(crate) fn covers(self, mode: Mode) -> bool {
        match self {
            Self::Apit | Self::TelehealthReg => mode != Mode::InPerson,
            Self::Tap => mode == Mode::InPerson,
            Self::CcPrivilege | Self::SwlcMultistate | Self::Temp => true,
        }
    }
}

/// An authority that a clinician holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Authority {
    /// What it is.
    pub kind: AuthorityKind,
    /// The state it is for; `None` for every member of its compact.
    pub state: Option<State>,
    /// The state whose license it rests on; `None` where none is asked for.
    pub home_state: Option<State>,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` for no end.
    pub to: Option<Date>,
    /// Days of service it gives; `None` for the number that goes with its kind.
    pub day_limit: Option<u16>,
    /// Days before the day asked on which it was used in the client's state.
    pub days_used: u16,
    /// The calendar year in which they were used; `None` where they count on every day.
    pub year: Option<i16>,
}

/// Supervision that is in force for licenses of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Supervision {
    /// For licenses of this state.
    pub state: State,
    /// Its first day.
    pub from: Date,
    /// Its last day; `None` for no end.
    pub to: Option<Date>,
}

/// An agreement between states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Compact {
    /// Psychology Interjurisdictional Compact.
    Psypact,
    /// Counseling Compact.
    Counseling,
    /// Social Work Licensure Compact.
    SocialWork,
}

/// What a state has done about a compact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    /// Which compact.
    pub compact: Compact,
    /// Which state.
    pub state: State,
    /// The first day on which it issues and honors what the compact gives; `None` while it has
    /// enacted at most: enacted is not operational.
    pub issuing_on: Option<Date>,
    /// The first day on which it is out.
    pub withdrawn_on: Option<Date>,
}

/// All that decides whether one clinician may serve one client. Rows may come in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Where the client is at that moment; `None` outside the United States, or unknown.
    pub client_state: Option<State>,
    /// Where the clinician is at that moment; `None` likewise.
    pub clinician_state: Option<State>,
    /// How they meet.
    pub mode: Mode,
    /// The client's age in whole years.
    pub client_age: u8,
    /// The youngest client whom the clinician serves, that age included.
    pub min_age: Option<u8>,
    /// The clinician's licenses.
    pub licenses: Vec<License>,
    /// The clinician's authorities.
    pub authorities: Vec<Authority>,
    /// The clinician's supervision.
    pub supervision: Vec<Supervision>,
    /// What states have done about compacts; at most one row for a compact and state.
    pub compacts: Vec<Membership>,
}
