//! What somebody tried here and the charter refused, shown to whom it concerns.
//!
//! A clinician sees the refusals about their own work and those of the operator's people that are
//! about nobody in particular; an owner sees whatever the operator's people were refused.

use axum::extract::{Path, State};
use axum::response::IntoResponse;
use ground::policy::{Act, Facts, Kind, Thing, Uid};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{PersonId, PracticeId, Uuid};
use jiff::Timestamp;

use crate::{queries, views};

/// The table, added to the others.
pub(crate) fn routes(others: Routes) -> Routes {
    others.get("/p/{practice}/refusals", Asks::act("read_audit"), refusals)
}

/// Who looked at what: of a whole practice, or about one clinician's work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Trail {
    pub practice: PracticeId,
    pub about: Option<PersonId>,
}

impl Thing for Trail {
    fn uid(&self) -> Uid {
        match self.about {
            Some(person) => Uid::new(Kind::AuditTrail, format_args!("{}/{person}", self.practice)),
            None => Uid::new(Kind::AuditTrail, self.practice),
        }
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        Facts::new().with_some("about", self.about.map(|person| Uid::new(Kind::Person, person)))
    }
}

/// One line: somebody asked for something and was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// Business time.
    pub at: Timestamp,
    /// The act, as the charter names it.
    pub act: String,
    /// Whether whoever asked works for the operator.
    pub is_staff: bool,
    /// By the name that is used of them, where the practice may know it.
    pub name: Option<String>,
    /// Whether the charter could not be asked.
    pub erred: bool,
    /// The promise that refused it; none where nothing allowed it.
    pub promise: Option<String>,
}

async fn refusals(State(house): State<House>, acting: Acting, Path(id): Path<Uuid>) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let person = acting.person().ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let whole = Trail { practice: id, about: None };
    let own = Trail { practice: id, about: Some(person) };
    let may = |trail| tx.would_allow(&Act::ReadAudit, trail, &[&practice]);
    let trail = if !may(&whole) && may(&own) { own } else { whole };
    tx.may(Act::ReadAudit, &trail, &[&practice]).await?;
    let list = queries::refusals(&mut tx, &trail, person).await?;
    let zone = queries::practice_zone(&mut tx, id).await?;
    Ok(views::refusals(&list, house.charter().promises(), &zone).into_response())
}
