//! People and organizations as X12 names them, and the numbers they go by.
//!
//! `Debug` of what identifies a person shows that it is there, never what it says.

use std::fmt;

use jiff::civil::Date;

use crate::amount::Milli;
use crate::parsed::Walk;
use crate::segment::Segment;

/// Whether a name is a human's or an organization's (`NM102`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Entity {
    /// `1`.
    Person,
    /// `2`, and whatever else a file may hold.
    #[default]
    Organization,
}

/// A name. An organization has `last` alone; a person known by one name too.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Name {
    /// Last or organization name (`NM103`, ≤ 60 characters).
    pub last: String,
    /// First name (`NM104`, ≤ 35).
    pub first: Option<String>,
    /// Middle name or initial (`NM105`, ≤ 25).
    pub middle: Option<String>,
    /// `JR`, `III` (`NM107`, ≤ 10); not part of the last name.
    pub suffix: Option<String>,
}

impl Name {
    /// An organization's name.
    pub fn organization(name: &str) -> Name {
        Name { last: name.to_owned(), ..Name::default() }
    }

    /// A person's first and last name.
    pub fn person(first: &str, last: &str) -> Name {
        Name { last: last.to_owned(), first: Some(first.to_owned()), ..Name::default() }
    }

    pub(crate) fn read(nm1: &Segment<'_>) -> Name {
        Name {
            last: nm1.el(3).text().into_owned(),
            first: nm1.el(4).some(),
            middle: nm1.el(5).some(),
            suffix: nm1.el(7).some(),
        }
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

/// A number with the kind of number that it is, as `XX` for an NPI, `MI` for a member id.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Id {
    /// The qualifier.
    pub qualifier: String,
    /// The number as it was sent.
    pub value: String,
}

impl Id {
    /// An id of a kind.
    pub fn new(qualifier: &str, value: &str) -> Id {
        Id { qualifier: qualifier.to_owned(), value: value.to_owned() }
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Id({} …)", self.qualifier)
    }
}

/// A person or organization of an `NM1`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Person or organization.
    pub entity: Entity,
    /// The name.
    pub name: Name,
    /// `NM108` and `NM109`.
    pub id: Option<Id>,
}

impl Party {
    pub(crate) fn read(nm1: &Segment<'_>) -> Party {
        let entity = match nm1.el(2).text().as_ref() {
            "1" => Entity::Person,
            _ => Entity::Organization,
        };
        let id =
            nm1.el(9).some().map(|value| Id { qualifier: nm1.el(8).text().into_owned(), value });
        Party { entity, name: Name::read(nm1), id }
    }
}

/// An address (`N3`, `N4`).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Address {
    /// `N301`, ≤ 55 characters.
    pub line: String,
    /// `N302`, ≤ 55.
    pub second_line: Option<String>,
    /// `N401`, 2–30.
    pub city: String,
    /// `N402`, two letters within the United States and Canada.
    pub state: String,
    /// `N403`, 5 or 9 digits within the United States.
    pub zip: String,
}

impl Address {
    /// Takes what an `N3` holds.
    pub(crate) fn take_street(&mut self, n3: &Segment<'_>) {
        self.line = n3.el(1).text().into_owned();
        self.second_line = n3.el(2).some();
    }

    /// Takes what an `N4` holds.
    pub(crate) fn take_city(&mut self, n4: &Segment<'_>) {
        self.city = n4.el(1).text().into_owned();
        self.state = n4.el(2).text().into_owned();
        self.zip = n4.el(3).text().into_owned();
    }

    /// Takes an `N3` or `N4` into an address that may not have begun yet.
    pub(crate) fn take(slot: &mut Option<Address>, segment: &Segment<'_>) {
        let address = slot.get_or_insert_default();
        match segment.id() {
            "N3" => address.take_street(segment),
            _ => address.take_city(segment),
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Address(…)")
    }
}

/// Whom to call (`PER`).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// `PER01`: `IC` the contact, `CX` claims, `BL` technical.
    pub function: String,
    /// `PER02`, ≤ 60.
    pub name: Option<String>,
    /// `PER03`–`PER08`: `TE` telephone, `EX` extension, `EM` mail, `UR` web address, `FX` fax.
    pub ways: Vec<Id>,
}

impl Contact {
    pub(crate) fn read(per: &Segment<'_>) -> Contact {
        let way = |at: usize| {
            let value = per.el(at + 1).some()?;
            Some(Id { qualifier: per.el(at).text().into_owned(), value })
        };
        Contact {
            function: per.el(1).text().into_owned(),
            name: per.el(2).some(),
            ways: [3, 5, 7].into_iter().filter_map(way).collect(),
        }
    }
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({})", self.function)
    }
}

/// A `REF`: kind of number and number.
pub(crate) fn reference(segment: &Segment<'_>) -> Id {
    Id { qualifier: segment.el(1).text().into_owned(), value: segment.el(2).text().into_owned() }
}

/// Birth date and sex (`DMG`).
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Demographics {
    /// `DMG02`.
    pub born_on: Option<Date>,
    /// `DMG03`: `F`, `M`, `U`.
    pub sex: String,
}

impl fmt::Debug for Demographics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Demographics(…)")
    }
}

/// One day, or the first and last of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last; the same for one day.
    pub last: Date,
}

impl Days {
    /// One day.
    pub fn one(day: Date) -> Days {
        Days { first: day, last: day }
    }

    /// Reads a `DTP` whose format stands at 2 and whose date, or two with a dash, at 3.
    pub(crate) fn read(walk: &mut Walk<'_, '_>, what: &str) -> Option<Days> {
        let text = walk.text(3);
        let Some((first, last)) = text.split_once('-') else {
            return walk.date(3, what).map(Days::one);
        };
        let day = |it: &str| {
            let raw = it.as_bytes();
            Segment::new(raw, 0, crate::segment::Delimiters::STANDARD).el(0).date()
        };
        match (day(first), day(last)) {
            (Some(first), Some(last)) if first <= last => Some(Days { first, last }),
            _ => {
                let says = format!("{what} (DTP03) holds {text:?}, which is not a span of dates.");
                walk.find(crate::finding::Kind::BadDate, crate::finding::Level::Error, 3, says);
                None
            }
        }
    }
}

/// A procedure (`SV101`, `SVC01`): code, modifiers, and words where the code is not enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Procedure {
    /// `HC` for CPT and HCPCS, as nearly always.
    pub qualifier: String,
    /// The code, as `90834`.
    pub code: String,
    /// Up to four, in the order that prices them.
    pub modifiers: Vec<String>,
    /// Words, for "unlisted" codes only.
    pub description: Option<String>,
}

impl Procedure {
    /// A CPT or HCPCS code with its modifiers.
    pub fn new(code: &str, modifiers: &[&str]) -> Procedure {
        Procedure {
            qualifier: "HC".to_owned(),
            code: code.to_owned(),
            modifiers: modifiers.iter().map(|&it| it.to_owned()).collect(),
            description: None,
        }
    }

    /// The procedure in the composite at `element`; `None` where it is empty.
    pub(crate) fn read(segment: &Segment<'_>, element: usize) -> Option<Procedure> {
        let composite = segment.el(element);
        if composite.is_empty() {
            return None;
        }
        Some(Procedure {
            qualifier: composite.comp(1).text().into_owned(),
            code: composite.comp(2).text().into_owned(),
            modifiers: (3..=6).filter_map(|at| composite.comp(at).some()).collect(),
            description: composite.comp(7).some(),
        })
    }
}

/// An amount or quantity that informs (`AMT`, `QTY`) and never enters a balance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Informs<T> {
    /// What it is, as `B6` allowed, `AU` covered.
    pub qualifier: String,
    /// How much.
    pub value: T,
}

/// A quantity that informs.
pub type Quantity = Informs<Milli>;

/// A date and what happened on it (`DTM`, `DTP`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated {
    /// What: `232`/`233` from and to, `050` received, `036` cover ended, `472` service.
    pub qualifier: String,
    /// When.
    pub on: Date,
}

/// Whether `npi` is ten digits whose last is the Luhn check digit over `80840` and the first nine.
///
/// Source: 45 CFR 162.406; ISO/IEC 7812-1 Annex B.
pub fn is_npi(npi: &str) -> bool {
    if npi.len() != 10 || !npi.bytes().all(|b| b.is_ascii_digit()) {
        return false;
    }
    // 24 is what the prefix 80840 adds to the sum.
    let sum: u32 = npi
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, b)| {
            let digit = u32::from(b - b'0');
            if i % 2 == 0 { digit } else { digit * 2 / 10 + digit * 2 % 10 }
        })
        .sum();
    (sum + 24).is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_npi_has_its_check_digit() {
        let cases = [
            ("1234567893", true),
            ("1234567802", true),
            ("1112223338", true),
            ("1234567890", false),
            ("123456789", false),
            ("12345678O3", false),
            ("", false),
        ];
        for (npi, right) in cases {
            assert_eq!(is_npi(npi), right, "{npi}");
        }
    }

    #[test]
    fn what_identifies_a_person_is_not_shown_to_developers() {
        let party = Party {
            entity: Entity::Person,
            name: Name::person("CLARA", "WINTERS"),
            id: Some(Id::new("MI", "EVG000111222")),
        };

        let shown = format!("{party:?}");

        assert!(!shown.contains("WINTERS") && !shown.contains("EVG000111222"), "{shown}");
    }
}
