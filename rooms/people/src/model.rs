//! Addresses, practices and those who belong to them: types and rules, no I/O.

use std::fmt;

use ground::policy::{Fact, Facts, Kind, Role, Thing, Uid};
use ids::{ClientId, ClinicianId, Npi, PersonId, PracticeId, RoleId};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// Longest address, in bytes (RFC 5321 §4.5.3.1.3, without its brackets).
const ADDRESS_BYTES_MAX: usize = 254;
/// Longest name, in characters: a full legal name with room to spare.
pub const NAME_MAX: usize = 120;

/// An e-mail address in the form in which we keep it: lower case, since no mail server that is
/// alive tells `Ada@` from `ada@`, and people type both.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address(String);

impl Address {
    /// Reads what was typed; `None` where it cannot be an address.
    pub fn read(typed: &str) -> Option<Self> {
        let address = typed.trim().to_lowercase();
        let (name, domain) = address.split_once('@')?;
        let is_plain = !address.contains(|sign: char| sign.is_whitespace() || sign.is_control());
        let is_one = !name.is_empty() && !domain.is_empty() && !domain.contains('@');
        (is_plain && is_one && address.len() <= ADDRESS_BYTES_MAX).then_some(Self(address))
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Addresses stay out of logs.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// What kind of tenant it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PracticeKind {
    /// The company that runs the shared services.
    Operator,
    /// A practice of several clinicians.
    Group,
    /// A practice of one.
    Sole,
}

impl PracticeKind {
    /// The word in the database.
    pub fn word(self) -> &'static str {
        match self {
            Self::Operator => "operator",
            Self::Group => "group",
            Self::Sole => "sole",
        }
    }

    /// What its founder is there: an owner, and where care is given also a clinician.
    pub fn founder_is(self) -> &'static [Role] {
        match self {
            Self::Operator => &[Role::Owner],
            Self::Group | Self::Sole => &[Role::Owner, Role::Clinician],
        }
    }
}

/// A tenant about to be made, with the person who founds it.
#[derive(Debug, Clone)]
pub struct Founding {
    /// What kind it is.
    pub kind: PracticeKind,
    /// The name that people use.
    pub name: String,
    /// The name of the legal entity.
    pub legal_name: String,
    /// The wall clock of its day.
    pub zone: TimeZone,
    /// Who founds it.
    pub founder: Newcomer,
}

/// Somebody about to belong to a practice.
#[derive(Debug, Clone)]
pub struct Newcomer {
    /// The name used there.
    pub name: String,
    /// Where they are reached.
    pub address: Address,
}

/// A tenant that was just made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Founded {
    /// The tenant.
    pub practice: PracticeId,
    /// Its founder.
    pub founder: PersonId,
}

/// Somebody who treats at a practice, as clients will read it.
#[derive(Debug, Clone)]
pub struct NewClinician {
    /// The person.
    pub person: PersonId,
    /// The name that clients read.
    pub name: String,
    /// The letters behind it: `LPC`, `LCSW`, `LPC Associate`.
    pub credential: String,
    /// The individual NPI, once they have one.
    pub npi: Option<Npi>,
}

/// Somebody about to receive care.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// The name.
    pub name: String,
    /// Where letters reach them, if they want any.
    pub address: Option<Address>,
    /// Where they are as a rule: two letters.
    pub state: String,
}

/// A client as the practice's people see them in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Which one.
    pub id: ClientId,
    /// Counts within the practice.
    pub number: i32,
    /// The name.
    pub name: String,
}

/// A clinician as clients read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clinician {
    /// Which one.
    pub id: ClinicianId,
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// The letters behind it.
    pub credential: String,
}

/// A license or registration of one state.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct License {
    /// Whose.
    pub clinician: ClinicianId,
    /// Two letters.
    pub state: String,
    /// As the board calls it: `LPC`, `LCSW`.
    pub kind: String,
    /// As the board writes it.
    pub number: String,
    /// The last day on which it is good.
    pub expires_on: Date,
    /// When somebody last looked at the board's own list.
    pub verified_on: Option<Date>,
}

/// One clinician's work under another's license, from day to day; both ends count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Supervision {
    /// Whose work it is.
    pub supervisee: ClinicianId,
    /// Who answers for it.
    pub supervisor: ClinicianId,
    /// The first day.
    pub begins_on: Date,
    /// The last day, once it is known.
    pub ends_on: Option<Date>,
}

/// What one person is at one practice, as the charter knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// The practice.
    pub practice: PracticeId,
    /// The person.
    pub person: PersonId,
}

impl Thing for Membership {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Membership, format_args!("{}/{}", self.practice, self.person))
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        let person: Fact = Uid::new(Kind::Person, self.person).into();
        Facts::new().with("person", person)
    }
}

/// A role that somebody holds at a practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Which one.
    pub id: RoleId,
    /// Who holds it.
    pub person: PersonId,
    /// By the name that is used there.
    pub name: String,
    /// As what.
    pub role: Role,
}

impl Held {
    /// Whether nobody else of `all` is an owner: without one, nobody could let anybody in again.
    pub fn is_last_owner(&self, all: &[Self]) -> bool {
        let owners = all.iter().filter(|held| held.role == Role::Owner);
        self.role == Role::Owner && owners.count() <= 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_read_as_people_type_it() {
        for (typed, read) in [
            (" Ada@Elm.Example ", Some("ada@elm.example")),
            ("ada+notes@elm.example", Some("ada+notes@elm.example")),
            ("ada", None),
            ("@elm.example", None),
            ("ada@", None),
            ("ada@elm@example", None),
            ("ada elm@example.org", None),
            ("ada@elm.example\r\nbcc: all@example.org", None),
        ] {
            assert_eq!(Address::read(typed).as_ref().map(Address::as_str), read, "{typed:?}");
        }
    }

    #[test]
    fn an_address_that_is_too_long_is_none() {
        assert!(Address::read(&format!("{}@elm.example", "a".repeat(300))).is_none());
    }
}
