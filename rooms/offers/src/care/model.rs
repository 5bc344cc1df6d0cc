//! Care and those who give it, as the charter and the pages know them.

use ground::policy::{Fact, Facts, Kind, Thing, Uid};
use ids::{ClientId, ClinicianId, EpisodeId, PersonId, PracticeId};
use jiff::Timestamp;
use jiff::civil::Date;

/// A client's care from its beginning to discharge, with the persons who treat in it today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Care {
    /// Where.
    pub practice: PracticeId,
    /// Which care.
    pub episode: EpisodeId,
    /// Whose.
    pub client: ClientId,
    /// Who treats in it today, in the order in which they began.
    pub treated_by: Vec<PersonId>,
}

impl Thing for Care {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Episode, self.episode)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        facts(self.client, &self.treated_by)
    }
}

/// All clinical text about one client: what rooms that keep some ask about before they open it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Where.
    pub practice: PracticeId,
    /// Whose.
    pub client: ClientId,
    /// Who treats them today.
    pub treated_by: Vec<PersonId>,
}

impl Thing for Chart {
    fn uid(&self) -> Uid {
        Uid::new(Kind::Chart, self.client)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        facts(self.client, &self.treated_by)
    }
}

fn facts(client: ClientId, treated_by: &[PersonId]) -> Facts {
    let client: Fact = Uid::new(Kind::Client, client).into();
    let treated_by = treated_by.iter().map(|person| Uid::new(Kind::Person, person));
    Facts::new().with("client", client).with("treated_by", treated_by.collect::<Fact>())
}

/// Whose clients a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Whose {
    /// Everybody's.
    All,
    /// Those whom this person treats or has treated.
    Of(PersonId),
}

/// A client in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Listed {
    pub client: ClientId,
    pub number: i32,
    pub name: String,
    /// By whom they are treated, by name; empty where nobody does.
    pub with: String,
    /// Their latest care: when it began, and when it ended if it has.
    pub care: Option<(Timestamp, Option<Timestamp>)>,
}

impl Listed {
    pub fn is_in_care(&self) -> bool {
        matches!(self.care, Some((_, None)))
    }
}

/// What a practice knows of a client besides their care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Known {
    pub client: ClientId,
    pub number: i32,
    pub name: String,
    pub address: Option<String>,
    pub phone: Option<String>,
    pub born_on: Option<Date>,
    pub state: String,
    pub since: Timestamp,
}

/// One clinician's part in a client's care.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub episode: EpisodeId,
    pub clinician: ClinicianId,
    pub person: PersonId,
    pub name: String,
    pub credential: String,
    pub since: Timestamp,
    pub until: Option<Timestamp>,
}
