//! Requests for care: who asks, where from, how they may be answered, and how soon they were.
//!
//! 1. A request belongs to whoever received it: the operator, or a practice by its own link.
//! 2. Whoever brings one is a visitor, who inserts it and sees nothing of anybody.
//! 3. What brings them is sealed; by which ways they may be answered is kept with the words in which
//!    they agreed. No page, title, address or log says why somebody asks.
//! 4. Where words speak of danger, whom to call comes before anything else, and nothing is kept.
//! 5. The clock counts business minutes until somebody reached them or left word. It is the team's
//!    figure; nobody is measured by it.
//!
//! It does not know who could take a request, nor before whom it is put.

mod care;
mod clock;
mod desk;
mod events;
mod model;
mod queries;
mod risk;
mod words;

pub mod cast;

pub use clock::{ANSWER_WITHIN_MIN, Clock, answer_due};
pub use events::{Arrived, Closed};
pub use model::{
    AgeGroup, Channel, Concern, Consent, Contact, Lead, Logged, Meets, Named, NewLead, Outcome,
    Pays, TimeOfWeek, Topic, Wants, Why,
};

use ground::db::{self, Tx};
use ground::web::Routes;
use ground::{Acting, House, Room, events as outbox};
use ids::{LeadId, PracticeId, Uuid};

#[cfg(test)]
mod tests;

/// Requests for care.
pub const ROOM: Room = Room {
    name: "leads",
    routes,
    listens: &[],
    jobs: &[],
    duties: Some(desk::duties),
    around: None,
};

fn routes() -> Routes {
    desk::routes(care::routes(Routes::new()))
}

/// A request with what brings the person: what is put before a clinician is taken from it.
#[derive(Debug, Clone)]
pub struct Request {
    /// Who asks, and how they may be answered.
    pub lead: Lead,
    /// What brings them.
    pub concern: Concern,
    /// How they would pay, in words.
    pub pays: String,
}

impl Request {
    /// What brings them, in the words of the list and their own.
    pub fn concern_says(&self) -> String {
        let topics = self.concern.topics.iter().map(|topic| words::topic(*topic).to_owned());
        let own = Some(self.concern.words.clone()).filter(|own| !own.is_empty());
        topics.chain(own).collect::<Vec<_>>().join(". ")
    }

    /// Somebody, by age and place: "An adult of 26 to 64, in TX".
    pub fn who(&self) -> String {
        format!("{}, in {}", words::age(self.lead.age), self.lead.state)
    }

    /// What they hope for, each with its name: "When", "Weekday mornings".
    pub fn wishes(&self) -> Vec<(String, String)> {
        let wants = &self.lead.wants;
        let named = |list: &[(&str, &str)], slug: &str| {
            let found = list.iter().find(|(it, _)| *it == slug);
            found.map_or_else(|| slug.to_owned(), |(_, name)| (*name).to_owned())
        };
        let times = wants.times.iter().map(|it| words::time(*it).to_owned());
        let meets = wants.meets.iter().map(|it| words::meets(*it).to_owned());
        let languages = wants.languages.iter().map(|tag| named(words::LANGUAGE_LIST, tag));
        let method = wants.method.iter().map(|slug| named(words::METHOD_LIST, slug));
        let all: [(&str, Vec<String>); 4] = [
            (words::WHEN, times.collect()),
            (words::HOW_MEET, meets.collect()),
            (words::LANGUAGES, languages.collect()),
            (words::METHOD_ASKED, method.collect()),
        ];
        let said = all.into_iter().filter(|(_, list)| !list.is_empty());
        said.map(|(name, list)| (name.to_owned(), list.join(", "))).collect()
    }
}

/// Receives a request; its id is the once-key of the form that brought it.
///
/// # Errors
/// As the database says; `lead_pkey` where it was received before.
pub async fn receive(
    tx: &mut Tx,
    holder: PracticeId,
    id: LeadId,
    lead: &NewLead,
) -> db::Result<()> {
    let now = tx.house().now();
    queries::insert_lead(tx, holder, id, lead, now).await?;
    outbox::tell(tx, holder, &Arrived { lead: id }).await.map(drop)
}

/// Receives a request as whoever brings it: a visitor, who may insert it and sees nothing. Brought
/// twice, it is one.
///
/// # Errors
/// As the database says.
pub async fn bring(
    house: &House,
    holder: PracticeId,
    id: LeadId,
    lead: &NewLead,
) -> db::Result<()> {
    // A visitor seals under the holder's key, which others make.
    let mut tx = house.begin(&Acting::Job { practice: holder }).await?;
    queries::make_key(&mut tx, holder).await?;
    tx.commit().await?;

    let mut tx = house.begin(&Acting::Visitor { holder }).await?;
    match receive(&mut tx, holder, id, lead).await {
        Ok(()) => tx.commit().await,
        Err(db::Error::Conflict(name)) if name == "lead_pkey" => tx.rollback().await,
        Err(error) => Err(error),
    }
}

/// Writes down a try to reach somebody, and what it makes of the request. The same `once` again
/// changes nothing. Whoever acts is a person, and the request was locked by them.
///
/// # Errors
/// As the database says; [`db::Error::Touched`] where it was closed meanwhile.
pub async fn contacted(
    tx: &mut Tx,
    holder: PracticeId,
    lead: &Lead,
    once: Uuid,
    contact: &Contact,
) -> db::Result<()> {
    let now = tx.house().now();
    let by = tx.acting().person().ok_or_else(|| db::Error::Broken {
        table: "leads.contact",
        id: once.to_string(),
        why: "nobody acts: a contact is a person's".into(),
    })?;
    if queries::insert_contact(tx, holder, (once, lead.id), (by, contact), now).await? {
        queries::update_progress(tx, holder, &lead.after(contact, now)).await?;
    }
    Ok(())
}

/// Closes a request. One that is closed stays as it was.
///
/// # Errors
/// As the database says.
pub async fn close(tx: &mut Tx, holder: PracticeId, lead: LeadId, why: Why) -> db::Result<()> {
    let now = tx.house().now();
    if queries::close(tx, holder, lead, why, now).await? {
        outbox::tell(tx, holder, &Closed { lead, why }).await?;
    }
    Ok(())
}

/// One request without what brings the person.
///
/// # Errors
/// As the database says.
pub async fn lead(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Option<Lead>> {
    queries::lead(tx, holder, id).await
}

/// One request with what brings the person, to find and ask a clinician.
///
/// # Errors
/// As the database says; [`db::Error::Broken`] where what brings them does not open.
pub async fn for_offer(tx: &mut Tx, holder: PracticeId, id: LeadId) -> db::Result<Option<Request>> {
    let Some(lead) = queries::lead(tx, holder, id).await? else {
        return Ok(None);
    };
    let concern = queries::concern(tx, holder, id).await?;
    let pays = words::pays(&lead.pays, &payers(tx).await?);
    Ok(Some(Request { lead, concern, pays }))
}

/// Payers by code and name, as people choose them.
pub(crate) async fn payers(tx: &mut Tx) -> db::Result<Vec<(String, String)>> {
    let all = terms::payers(tx).await?;
    Ok(all.into_iter().map(|payer| (payer.code.to_string(), payer.name)).collect())
}
