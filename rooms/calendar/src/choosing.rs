//! Choosing a time, for a client or by one: what the page shows, and what a press on a time means.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use ground::House;
use ground::db::{self, Tx};
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web;
use ids::{AppointmentId, ClinicianId, PersonId, PracticeId, Uuid, VisitTypeId};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp, ToSpan};
use people::Clinician;

use crate::booking::{self, Asks, Offered};
use crate::lookup::{self, Client};
use crate::model::{Answer, Booking, By, Place, Planned, VisitType};
use crate::queries::{self, During};
use crate::views::At;
use crate::views::booking::{self as views, Chosen, DAYS, TooLate};
use crate::{week, words};

/// Most open times on one page: a week of half hours.
const STARTS_MAX: usize = 200;
/// A time that is further from now was not on any page: what is added to it must still be a time.
const AT_WITHIN: SignedDuration = SignedDuration::from_hours(24 * 366 * 2);
/// How far the next open time is looked for where a week has none.
const NEXT_WITHIN_DAYS: i64 = 7 * 26;

/// For whom a time is chosen, and with whom it can be.
#[derive(Debug)]
pub struct Choosing {
    pub at: At,
    pub practice: PracticeId,
    pub client: Client,
    pub with: Vec<Clinician>,
    pub visits: Vec<VisitType>,
    pub zone: TimeZone,
}

/// What booking with a clinician would be, as the charter knows it.
pub fn planned(practice: PracticeId, id: AppointmentId, with: &Clinician, of: &Client) -> Planned {
    Planned { practice, id, clinician: with.person, of: of.person }
}

impl Choosing {
    /// Those who treat the client and with whom the one who acts may book, and what can be booked.
    pub async fn load(
        tx: &mut Tx,
        at: At,
        client: Client,
        practice_thing: &Practice,
    ) -> web::Result<Self> {
        let practice = at.practice();
        let with = lookup::treating(tx, practice, client.id).await?;
        let id: AppointmentId = tx.house().new_id();
        let may = |with: &Clinician| {
            let thing = planned(practice, id, with, &client);
            tx.would_allow(&Act::BookAppointment, &thing, &[practice_thing])
        };
        // Where none of them may be booked with, the first is asked about, and refused on the record.
        let allowed: Vec<Clinician> = with.iter().filter(|it| may(it)).cloned().collect();
        let with = if allowed.is_empty() { with } else { allowed };
        let visits = queries::visit_types(tx, practice).await?;
        let zone = hours::zone(tx, practice).await?;
        Ok(Self { at, practice, client, with, visits, zone })
    }

    /// What a client may choose: the first visit until there was one, then any other. Who works here
    /// may choose any, the likely one first.
    async fn narrow(&mut self, tx: &mut Tx, with: ClinicianId) -> db::Result<()> {
        let been = lookup::has_booked(tx, self.practice, with, self.client.id).await?;
        match booking::by(tx.acting()) {
            By::Client => self.visits.retain(|it| it.for_clients && it.is_first != been),
            By::Practice => self.visits.sort_by_key(|it| it.is_first == been),
        }
        Ok(())
    }

    /// With whom, by what was typed; the first where that is nobody of them.
    pub fn chosen_with(&self, typed: &Typed) -> Option<&Clinician> {
        let id = typed.one("with").parse::<ClinicianId>().ok();
        let named = self.with.iter().find(|it| Some(it.id) == id);
        named.or_else(|| self.with.first())
    }

    /// The page. `too_late` is a choice that did not work out.
    async fn page(
        &self,
        tx: &mut Tx,
        typed: &Typed,
        faults: &Faults,
        too_late: Option<&TooLate>,
    ) -> web::Result<maud::Markup> {
        let name = matches!(self.at, At::Practice(..)).then_some(self.client.name.as_str());
        let Some(with) = self.chosen_with(typed) else {
            let says = match self.at {
                At::Practice(..) => words::NO_TREATING,
                At::Me(_) => words::NO_TREATING_YOU,
            };
            return Ok(views::nothing(self.at, name, says));
        };
        let Some(visit) = self.chosen_visit(typed) else {
            return Ok(views::nothing(self.at, name, words::NO_TYPES));
        };
        let now = tx.house().now();
        let today = now.to_zoned_datetime(self.zone.clone()).date();
        let chosen = self.chosen(with.id, visit, typed, today);
        let far = chosen.from.saturating_add(NEXT_WITHIN_DAYS.days());
        let (practice, client, place) = (self.practice, self.client.id, chosen.place);
        let asks = Asks { practice, clinician: with.id, client, visit, place };
        let span = |from: Date, to: Date| During {
            from: week::midnight(from, &self.zone),
            to: week::midnight(to, &self.zone),
        };
        let offered = Offered::look(tx, asks, span(chosen.from, far)).await?;
        let until = chosen.from.saturating_add(DAYS.days());
        let starts = offered.starts(span(chosen.from, until), STARTS_MAX);
        let next = match starts.is_empty() {
            true => offered.starts(span(until, far), 1).into_iter().next(),
            false => None,
        };
        let page = views::Booking {
            at: self.at,
            client: name.map(str::to_owned),
            zone: self.zone.clone(),
            today,
            with: self.with.clone(),
            visits: self.visits.clone(),
            chosen,
            starts,
            next,
        };
        let once = tx.house().new_id::<Uuid>().to_string();
        Ok(views::choose(&once, &page, faults, too_late))
    }

    fn chosen_visit(&self, typed: &Typed) -> Option<&VisitType> {
        let id = typed.one("type").parse::<VisitTypeId>().ok();
        let named = self.visits.iter().find(|it| Some(it.id) == id);
        named.or_else(|| self.visits.first())
    }

    fn chosen(&self, with: ClinicianId, visit: &VisitType, typed: &Typed, today: Date) -> Chosen {
        let places = visit.places();
        let place = Place::read(typed.one("place")).filter(|it| places.contains(it));
        let place = place.or_else(|| places.first().copied()).unwrap_or(Place::Office);
        let from = typed.one("from").parse::<Date>().ok();
        let from = from.map_or(today, |date| date.max(today));
        let last = today.saturating_add(NEXT_WITHIN_DAYS.days());
        Chosen { with, visit: visit.id, place, from: from.min(last) }
    }
}

/// The page on which a time is chosen, once the charter allows booking.
pub async fn show(tx: &mut Tx, mut choosing: Choosing, typed: &Typed) -> web::Result {
    if let Some(with) = choosing.chosen_with(typed).map(|it| it.id) {
        choosing.narrow(tx, with).await?;
    }
    let page = choosing.page(tx, typed, &Faults::none(), None).await?;
    Ok(page.into_response())
}

/// A press on a time: it is held, and the page of the appointment comes next. Whoever is too late
/// stays here, with the next open times.
pub async fn hold(
    mut tx: Tx,
    mut choosing: Choosing,
    typed: &Typed,
    practice: &Practice,
) -> web::Result {
    let id = once(tx.house(), typed);
    let Some(with) = choosing.chosen_with(typed).cloned() else {
        return show(&mut tx, choosing, typed).await;
    };
    let thing = planned(choosing.practice, id, &with, &choosing.client);
    tx.may(Act::BookAppointment, &thing, &[practice]).await?;
    choosing.narrow(&mut tx, with.id).await?;
    let by = tx.acting().person().ok_or(web::Error::NotFound)?;
    let now = tx.house().now();
    let booking = read(&choosing, id, &with, typed);
    let booking = booking.filter(|it| it.starts_at.duration_since(now).abs() <= AT_WITHIN);
    let (Some(booking), true) = (booking, is_chosen(&choosing, typed)) else {
        let faults = Faults::none().and("at", words::CHOOSE_TIME);
        let page = choosing.page(&mut tx, typed, &faults, None).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    match booking::hold(&mut tx, choosing.practice, by, &booking).await.map_err(sentence)? {
        Answer::Yours(held) => {
            tx.commit().await?;
            Ok(Redirect::to(&choosing.at.appointment(held)).into_response())
        }
        Answer::NotOpen { why, next } => not_open(&mut tx, &choosing, typed, why, next).await,
    }
}

/// Whether the kind of visit that was sent is one of those that may be chosen.
fn is_chosen(choosing: &Choosing, typed: &Typed) -> bool {
    let id = typed.one("type").parse::<VisitTypeId>().ok();
    choosing.visits.iter().any(|visit| Some(visit.id) == id)
}

fn read(
    choosing: &Choosing,
    id: AppointmentId,
    with: &Clinician,
    typed: &Typed,
) -> Option<Booking> {
    let starts_at: Timestamp = typed.one("at").parse().ok()?;
    Some(Booking {
        id,
        clinician: with.id,
        client: choosing.client.id,
        visit_type: typed.one("type").parse().ok()?,
        place: Place::read(typed.one("place"))?,
        starts_at,
    })
}

async fn not_open(
    tx: &mut Tx,
    choosing: &Choosing,
    typed: &Typed,
    why: Vec<openings::Reason>,
    next: Vec<Timestamp>,
) -> web::Result {
    let too_late = TooLate { why, next };
    let page = choosing.page(tx, typed, &Faults::none(), Some(&too_late)).await?;
    Ok((StatusCode::CONFLICT, page).into_response())
}

/// The once-key of a form is the id of what it makes, so that a double press makes one.
fn once(house: &House, typed: &Typed) -> AppointmentId {
    typed.one("once").parse().unwrap_or_else(|_| house.new_id())
}

/// A press on *Book this time*. Where the hold is over and somebody was faster, the page of times
/// comes back with the next ones.
pub async fn confirm(
    mut tx: Tx,
    choosing: Choosing,
    held: AppointmentId,
    typed: &Typed,
    by: PersonId,
) -> web::Result {
    let fresh = once(tx.house(), typed);
    let practice = choosing.practice;
    let found = lookup::appointment(&mut tx, practice, held).await?.ok_or(web::Error::NotFound)?;
    match booking::take_up(&mut tx, practice, by, held, fresh).await.map_err(sentence)? {
        None => Err(web::Error::NotFound),
        Some(Answer::Yours(id)) => {
            tx.commit().await?;
            Ok(Redirect::to(&choosing.at.appointment(id)).into_response())
        }
        Some(Answer::NotOpen { why, next }) => {
            let typed = Typed::none()
                .with("with", found.clinician.to_string())
                .with("type", found.visit_type.to_string())
                .with("place", found.place.word());
            not_open(&mut tx, &choosing, &typed, why, next).await
        }
    }
}

/// A constraint that a person can meet here, in words.
fn sentence(error: db::Error) -> web::Error {
    match error {
        db::Error::Conflict(name) if name == booking::NOT_TREATED => {
            web::Error::Conflict(words::NOT_IN_CARE.into())
        }
        other => other.into(),
    }
}
