//! Who acts: a closed list. What each may see is set once, when a transaction begins.
//!
//! The table in `docs/architecture.md` says the same in words; a test holds the two together.

use std::collections::BTreeSet;
use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use ids::{ClientId, PersonId, PracticeId, SignInId, Uuid};
use policy::{Practice, Role, Service, Who};

/// Who acts. `people` recognizes persons; the worker names jobs; nothing else is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Acting {
    /// Somebody whom we do not know, on a page of this holder: may bring something, sees nothing.
    Visitor {
        /// The practice or operator whose page it is.
        holder: PracticeId,
    },
    /// A client who signed in: sees their own rows.
    Client {
        /// The person.
        person: PersonId,
        /// Their visit to the site.
        sign_in: SignInId,
        /// Where they are a client, and as whom.
        as_client: Vec<(PracticeId, ClientId)>,
    },
    /// Somebody who works here: clinician, owner, or staff of the operator.
    Workforce(Workforce),
    /// A job of one practice.
    Job {
        /// The practice.
        practice: PracticeId,
    },
    /// A job of a holder, which may also reach practices that its agreements name.
    HolderJob {
        /// Whose job it is.
        holder: PracticeId,
        /// The practices that the agreements in force reach.
        reaches: Vec<PracticeId>,
    },
    /// Sign-in itself, before anybody is known: asks only through functions of `trellis_door`.
    Door,
}

/// Somebody who works here, with what is known of them at this request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workforce {
    /// The person.
    pub person: PersonId,
    /// Their visit to the site.
    pub sign_in: SignInId,
    /// What they are, and where.
    pub places: Vec<Place>,
    /// Practices that their work for the operator lets them see, by agreements in force.
    pub serves: Vec<Served>,
}

/// What a person is in a practice, or in the operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The tenant.
    pub practice: PracticeId,
    /// Whether the tenant is the operator.
    pub is_operator: bool,
    /// As what.
    pub roles: BTreeSet<Role>,
}

/// What an agreement in force opens to the operator's staff in one practice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Served {
    /// The practice served.
    pub practice: PracticeId,
    /// The shared services.
    pub services: BTreeSet<Service>,
}

impl Served {
    /// The practice as policies know it.
    pub fn practice(&self) -> Practice {
        Practice::new(self.practice).sharing(self.services.iter().copied())
    }
}

/// What row security will read.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Practices whose people's rows are seen.
    pub practices: Vec<Uuid>,
    /// Practices of which a client sees what is common to all.
    pub client_practices: Vec<Uuid>,
    /// The client's own rows.
    pub clients: Vec<Uuid>,
    /// The person's own rows.
    pub person: Option<Uuid>,
    /// The holder for whom something may be brought.
    pub holder: Option<Uuid>,
}

impl Acting {
    /// What each kind sets; `house.chart` is set by the gate alone.
    pub fn seen(&self) -> Seen {
        match self {
            Self::Visitor { holder } => Seen { holder: Some(holder.0), ..Seen::default() },
            Self::Client { person, as_client, .. } => Seen {
                client_practices: as_client.iter().map(|(practice, _)| practice.0).collect(),
                clients: as_client.iter().map(|(_, client)| client.0).collect(),
                person: Some(person.0),
                ..Seen::default()
            },
            Self::Workforce(worker) => Seen {
                practices: (worker.places.iter().map(|it| it.practice.0))
                    .chain(worker.serves.iter().map(|it| it.practice.0))
                    .collect(),
                person: Some(worker.person.0),
                ..Seen::default()
            },
            Self::Job { practice } => Seen { practices: vec![practice.0], ..Seen::default() },
            Self::HolderJob { holder, reaches } => Seen {
                practices: [holder.0].into_iter().chain(reaches.iter().map(|it| it.0)).collect(),
                ..Seen::default()
            },
            Self::Door => Seen::default(),
        }
    }

    /// The person, if a person acts.
    pub fn person(&self) -> Option<PersonId> {
        match self {
            Self::Client { person, .. } => Some(*person),
            Self::Workforce(worker) => Some(worker.person),
            _ => None,
        }
    }

    /// The visit, if somebody signed in.
    pub fn sign_in(&self) -> Option<SignInId> {
        match self {
            Self::Client { sign_in, .. } => Some(*sign_in),
            Self::Workforce(worker) => Some(worker.sign_in),
            _ => None,
        }
    }

    /// The operator, where the person works for it.
    pub fn operator(&self) -> Option<PracticeId> {
        let Self::Workforce(worker) = self else {
            return None;
        };
        worker.places.iter().find(|place| place.is_operator).map(|place| place.practice)
    }

    /// Whether the person acts as staff of the operator in a practice: they work for the operator,
    /// and are nothing in the practice itself.
    pub fn is_staff_in(&self, practice: PracticeId) -> bool {
        let Self::Workforce(worker) = self else {
            return false;
        };
        self.operator().is_some() && !worker.places.iter().any(|place| place.practice == practice)
    }

    /// Whether the person is this at a practice today.
    pub fn holds(&self, practice: PracticeId, role: Role) -> bool {
        let Self::Workforce(worker) = self else {
            return false;
        };
        worker.places.iter().any(|it| it.practice == practice && it.roles.contains(&role))
    }

    /// A practice as the one who acts knows it, with what is shared there: what the charter is
    /// asked about. Nothing for a stranger: for them it is not there. The operator's people may
    /// ask about any, and are refused on the record.
    pub fn known(&self, practice: PracticeId) -> Option<Practice> {
        let Self::Workforce(worker) = self else {
            return None;
        };
        let place = worker.places.iter().find(|place| place.practice == practice);
        let served = worker.serves.iter().find(|it| it.practice == practice);
        match (place, served) {
            (Some(place), _) => Some(worker.seen_as(place)),
            (None, Some(served)) => Some(served.practice()),
            (None, None) => self.operator().map(|_| Practice::new(practice)),
        }
    }

    /// Who asks, in the charter's words. Whoever is not signed in is nobody anywhere: what no
    /// policy allows to all is refused them.
    pub fn asks(&self) -> Who {
        match self {
            Self::Client { person, .. } => Who::new(person),
            Self::Workforce(worker) => {
                worker.places.iter().fold(Who::new(worker.person), |who, place| {
                    who.being(place.roles.iter().copied(), worker.seen_as(place))
                })
            }
            _ => Who::new(Uuid::nil()),
        }
    }
}

impl Workforce {
    /// A place of this person as policies know it, with the services in force there, if any are
    /// known.
    fn seen_as(&self, place: &Place) -> Practice {
        if place.is_operator {
            return Practice::operator(place.practice);
        }
        let served = self.serves.iter().find(|it| it.practice == place.practice);
        served.map_or_else(|| Practice::new(place.practice), Served::practice)
    }
}

/// A handler is handed who acts. Room `people` puts it on the request; without it nobody is known,
/// and nothing is seen.
impl<S: Sync> FromRequestParts<S> for Acting {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Door))
    }
}
