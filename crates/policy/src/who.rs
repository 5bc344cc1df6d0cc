//! Who asks: a person, and what they are at each practice and at the operator.
//!
//! One person can be several things: owner here, scheduler there. Policies see all of it at once
//! and say which of it counts. A visitor without a sign-in and a job are nobody in this sense: what
//! they may do is settled by what they can reach, before the charter.

use std::collections::BTreeSet;
use std::fmt;

use crate::thing::{Fact, Facts, Thing, Uid};
use crate::vocabulary::{Kind, Role, Service};

/// The person who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Who {
    /// The person's id.
    pub person: String,
    /// What they are, and where.
    pub places: Vec<Place>,
}

/// What a person is at one practice, or at the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where.
    pub practice: Practice,
    /// As what. Staff roles count at the operator only, and nobody treats there.
    pub roles: BTreeSet<Role>,
}

/// A practice with the services of its agreement in force, or the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Practice {
    /// The practice's id; the operator has one too.
    pub id: String,
    /// Whether this is the operator.
    pub operator: bool,
    /// The services of the agreement in force today; none without one, and none for the operator.
    pub services: BTreeSet<Service>,
}

impl Who {
    /// A person who is nothing anywhere yet.
    pub fn new(person: impl fmt::Display) -> Self {
        Self { person: person.to_string(), places: Vec::new() }
    }

    /// The same person, with these roles at one more practice.
    #[must_use]
    pub fn being(mut self, roles: impl IntoIterator<Item = Role>, practice: Practice) -> Self {
        self.places.push(Place { practice, roles: roles.into_iter().collect() });
        self
    }

    /// What policies call `principal`.
    pub(crate) fn uid(&self) -> Uid {
        Uid::new(Kind::Who, &self.person)
    }

    pub(crate) fn facts(&self) -> Facts {
        let with = |role: Role| self.places.iter().filter(move |it| it.roles.contains(&role));
        let treats_at = with(Role::Clinician).filter(|it| !it.practice.operator);
        let staff = self.places.iter().filter(|it| it.practice.operator);
        Facts::new()
            .with("person", Uid::new(Kind::Person, &self.person))
            .with("owns", with(Role::Owner).map(|it| it.practice.uid()).collect::<Fact>())
            .with("treats_at", treats_at.map(|it| it.practice.uid()).collect::<Fact>())
            .with("staff", staff.flat_map(|it| it.roles.iter().copied()).collect::<Fact>())
    }
}

impl Practice {
    /// A practice that shares nothing yet.
    pub fn new(id: impl fmt::Display) -> Self {
        Self { id: id.to_string(), operator: false, services: BTreeSet::new() }
    }

    /// The operator.
    pub fn operator(id: impl fmt::Display) -> Self {
        Self { operator: true, ..Self::new(id) }
    }

    /// The same practice, with an agreement in force that has these services.
    #[must_use]
    pub fn sharing(mut self, services: impl IntoIterator<Item = Service>) -> Self {
        self.services.extend(services);
        self
    }
}

impl Thing for Practice {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Practice, &self.id)
    }

    /// A practice is its own: so every promise can say `resource.practice`.
    fn practice(&self) -> Option<Uid> {
        Some(self.uid())
    }

    fn facts(&self) -> Facts {
        Facts::new()
            .with("operator", self.operator)
            .with("services", self.services.iter().copied().collect::<Fact>())
    }
}
