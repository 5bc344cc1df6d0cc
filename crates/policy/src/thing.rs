//! What is asked about: a kind and an id, the practice it belongs to, and the facts that policies
//! may look at. Rooms describe their things in these words and need not know Cedar.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use crate::vocabulary::Kind;

/// Something that policies can look at. Rooms implement it for what they load.
///
/// The facts must be those that the schema lists for the kind, all of them: one too many, one too
/// few or one of another type, and the answer is a refusal that raises an alarm.
pub trait Thing: Sync {
    /// What it is and which one.
    fn uid(&self) -> Uid;

    /// The practice it belongs to; it becomes the fact `practice`. Nothing for what is shared.
    fn practice(&self) -> Option<Uid>;

    /// What policies may know about it, besides its practice.
    fn facts(&self) -> Facts;
}

/// A kind and an id within that kind: for rows, the UUID as text.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uid {
    /// What it is.
    pub kind: Kind,
    /// Which one.
    pub id: String,
}

impl Uid {
    /// Names one thing of a kind by its id.
    pub fn new(kind: Kind, id: impl fmt::Display) -> Self {
        Self { kind, id: id.to_string() }
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.id)
    }
}

/// One fact, by type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Fact {
    /// Yes or no.
    Bool(bool),
    /// A whole number; its unit is in the fact's name (`length_min`).
    Long(i64),
    /// Text, compared as it is.
    Text(String),
    /// Another thing, or a word of the charter.
    Uid(Uid),
    /// Several facts of one type, without order.
    Set(Vec<Fact>),
}

impl From<bool> for Fact {
    fn from(it: bool) -> Self {
        Self::Bool(it)
    }
}

impl From<i64> for Fact {
    fn from(it: i64) -> Self {
        Self::Long(it)
    }
}

impl From<&str> for Fact {
    fn from(it: &str) -> Self {
        Self::Text(it.to_owned())
    }
}

impl From<Uid> for Fact {
    fn from(it: Uid) -> Self {
        Self::Uid(it)
    }
}

impl<F: Into<Fact>> FromIterator<F> for Fact {
    fn from_iter<I: IntoIterator<Item = F>>(facts: I) -> Self {
        Self::Set(facts.into_iter().map(Into::into).collect())
    }
}

impl Fact {
    /// Every thing that the fact mentions.
    pub(crate) fn uids(&self) -> Vec<&Uid> {
        match self {
            Self::Bool(_) | Self::Long(_) | Self::Text(_) => Vec::new(),
            Self::Uid(uid) => vec![uid],
            Self::Set(facts) => facts.iter().flat_map(Self::uids).collect(),
        }
    }
}

/// The facts of one thing, by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts(BTreeMap<Cow<'static, str>, Fact>);

impl Facts {
    /// No facts yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The same facts and one more. Panics if the name is taken: a thing has one answer to each
    /// question.
    #[must_use]
    pub fn with(mut self, name: impl Into<Cow<'static, str>>, fact: impl Into<Fact>) -> Self {
        let name = name.into();
        let before = self.0.insert(name.clone(), fact.into());
        assert!(before.is_none(), "the fact {name} is given twice");
        self
    }

    /// The same facts and, if it is known, one more.
    #[must_use]
    pub fn with_some(self, name: &'static str, fact: Option<impl Into<Fact>>) -> Self {
        match fact {
            Some(fact) => self.with(name, fact),
            None => self,
        }
    }

    /// One fact, by name.
    pub fn get(&self, name: &str) -> Option<&Fact> {
        self.0.get(name)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &Fact)> {
        self.0.iter().map(|(name, fact)| (name.as_ref(), fact))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }
}
