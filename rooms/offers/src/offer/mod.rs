//! Offers: a request is put before one clinician, who takes it or does not.

pub(crate) mod model;
pub(crate) mod queries;
pub(crate) mod routes;
mod views;

use ground::db::{self, Tx};
use ground::duty::{Duty, Finding, Presses};
use ground::jobs::{self, Job, Order, Task, Way};
use ground::work::{Doing, Failure};
use ground::{Acting, Permit, events};
use ids::{ClientId, OfferId, PersonId, PracticeId};
use people::{Address, Channel, Consent, NewClient, Purpose};

use self::model::{Acceptance, LASTS, NewOffer, Offer, Places, Snapshot, State, broken};
use self::queries::Back;
use crate::events::Accepted;
use crate::{care, words};

/// Ends an offer whose time is over.
pub(crate) const LAPSE: Job = Job { kind: "offers.lapse", way: Way::Inside(lapse) };
/// Tells the holder that a request was taken, and closes it.
pub(crate) const TAKEN: Job = Job { kind: "offers.taken", way: Way::Inside(taken) };
/// Tells the holder that a request is back, and not why.
pub(crate) const CAME_BACK: Job = Job { kind: "offers.came_back", way: Way::Inside(came_back) };

/// Puts a request before a clinician.
///
/// # Errors
/// As the database says; `offer_finds_intake_open` where they take nobody new,
/// `sent_to_one_at_a_time` while the request is before somebody or was taken, `sent_pkey` where this
/// is a second press.
pub async fn make(tx: &mut Tx, permit: &Permit, offer: &NewOffer) -> db::Result<()> {
    permit.is_for("make_offer", offer.id);
    let now = tx.house().now();
    let until = now + LASTS;
    queries::insert_sent(tx, offer, now, until).await?;
    hours::lock(tx, offer.practice, offer.clinician).await?;
    queries::insert_offer(tx, offer, now, until).await?;
    let (practice, subject) = (offer.practice, offer.id.0);
    let once_key = &offer.id.to_string();
    jobs::ask(tx, Order { practice, kind: LAPSE.kind, subject, once_key, due_at: until }).await
}

/// Accepts an offer: the person becomes a client of the clinician's practice, and care begins.
/// Pressing twice, also at once, is one client.
///
/// # Errors
/// As the database says.
pub async fn accept(
    tx: &mut Tx,
    permit: &Permit,
    offer: &Offer,
    places: Places,
) -> db::Result<Acceptance> {
    permit.is_for("answer_offer", offer.id);
    let Offer { practice, clinician, id, .. } = *offer;
    hours::lock(tx, practice, clinician).await?;
    let offer = queries::lock(tx, practice, id).await?;
    let offer = offer.ok_or_else(|| broken(id.0, "it is gone"))?;
    let now = tx.house().now();
    if let Some(client) = offer.client {
        return Ok(Acceptance::Client(client));
    }
    if !offer.waits(now) {
        return Ok(Acceptance::Over(offer.state));
    }
    let has = care::queries::caseload(tx, practice, clinician).await?;
    let takes = hours::intake(tx, practice, clinician).await?.clients_max;
    if let (Some(takes), Places::AsSaid) = (takes, places)
        && usize::from(takes) <= has
    {
        return Ok(Acceptance::Full { takes, has });
    }
    let snapshot = queries::snapshot(tx, &offer).await?;
    let snapshot = snapshot.ok_or_else(|| broken(offer.id.0, "it is open and says nothing"))?;
    let client = admit(tx, practice, &snapshot).await?;
    let episode = care::begin_care(tx, practice, client, clinician).await?;
    queries::record_acceptance(tx, &offer, client, now).await?;
    let told = Accepted { offer: offer.id, lead: offer.lead, client, clinician, episode };
    events::tell(tx, practice, &told).await?;
    tell_holder(tx, &offer, TAKEN).await?;
    Ok(Acceptance::Client(client))
}

/// Takes the person as a client, with what they agreed to when they asked.
async fn admit(tx: &mut Tx, practice: PracticeId, said: &Snapshot) -> db::Result<ClientId> {
    let new = NewClient {
        name: said.name.clone(),
        address: said.address.as_deref().and_then(Address::read),
        state: said.state.clone(),
    };
    let client = people::admit(tx, practice, &new).await?.id;
    if let Some(phone) = &said.phone {
        people::set_phone(tx, practice, client, phone).await?;
    }
    if let Some(words) = &said.agreed_to_mail {
        for purpose in [Purpose::Forms, Purpose::Visits] {
            let consent = Consent { client, purpose, channel: Channel::Email, words };
            people::agree(tx, practice, &consent).await?;
        }
    }
    Ok(client)
}

/// Declines an offer. Who it was is erased, and nobody reads that it was declined.
///
/// # Errors
/// As the database says.
pub async fn decline(tx: &mut Tx, permit: &Permit, offer: &Offer) -> db::Result<()> {
    permit.is_for("answer_offer", offer.id);
    come_to_nothing(tx, offer, State::Declined).await.map(drop)
}

/// Takes an offer back. `false` where it was over already.
///
/// # Errors
/// As the database says.
pub async fn withdraw(tx: &mut Tx, permit: &Permit, offer: &Offer) -> db::Result<bool> {
    permit.is_for("withdraw_offer", offer.id);
    come_to_nothing(tx, offer, State::Withdrawn).await
}

/// Ends an open offer and tells its holder that the request is back; one that is over stays as it
/// is.
async fn come_to_nothing(tx: &mut Tx, offer: &Offer, state: State) -> db::Result<bool> {
    let now = tx.house().now();
    let ended = queries::record_end(tx, offer, state, now).await?;
    if ended {
        tell_holder(tx, offer, CAME_BACK).await?;
    }
    Ok(ended)
}

/// The holder is another tenant: what it keeps is written by a job in its own name.
async fn tell_holder(tx: &mut Tx, offer: &Offer, job: Job) -> db::Result<()> {
    let due_at = tx.house().now();
    let once_key = &offer.id.to_string();
    let (practice, subject) = (offer.holder, offer.id.0);
    jobs::ask(tx, Order { practice, kind: job.kind, subject, once_key, due_at }).await
}

fn lapse<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let offer = queries::lock(tx, task.practice, OfferId(task.subject)).await?;
        let offer = offer.ok_or_else(|| Failure::Never("the offer is not there".into()))?;
        come_to_nothing(tx, &offer, State::Lapsed).await?;
        Ok(())
    })
}

fn taken<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let now = tx.house().now();
        let (holder, offer) = (task.practice, OfferId(task.subject));
        if let Some(lead) = queries::come_back(tx, holder, offer, Back::Taken, now).await? {
            leads::close(tx, holder, lead, leads::Why::Accepted).await?;
        }
        Ok(())
    })
}

fn came_back<'t>(tx: &'t mut Tx, task: &'t Task) -> Doing<'t> {
    Box::pin(async move {
        let now = tx.house().now();
        let (holder, offer) = (task.practice, OfferId(task.subject));
        queries::come_back(tx, holder, offer, Back::Free, now).await?;
        Ok(())
    })
}

/// Offers that wait for the one who looks.
pub(crate) fn duties(tx: &mut Tx) -> Finding<'_> {
    Box::pin(async move {
        let Acting::Workforce(worker) = tx.acting() else {
            return Ok(Vec::new());
        };
        let person: PersonId = worker.person;
        let now = tx.house().now();
        let open = queries::open_of(tx, person, now).await?;
        Ok(open.iter().map(duty).collect())
    })
}

fn duty(offer: &Offer) -> Duty {
    Duty {
        practice: offer.practice,
        presses: Presses::Now,
        what: words::A_PERSON_ASKS.into(),
        why: format!("{}. {}", offer.told.who, words::UNTIL_ANSWERED),
        due: Some(offer.expires_at),
        action: words::ANSWER.into(),
        href: routes::path(offer),
    }
}
