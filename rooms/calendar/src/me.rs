//! A client's own visits: what is coming, booking with whom they are treated by, calling off.

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Redirect};
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::{Act, Practice};
use ground::web;
use ground::{Acting, House};
use ids::{AppointmentId, ClientId, PersonId, PracticeId, Uuid};

use crate::choosing::{self, Choosing, planned};
use crate::lookup;
use crate::model::{Appointment, By};
use crate::views::visit::{Coming, May, Visit};
use crate::views::{At, visit as views};
use crate::{queries, settle};

type Pairs = Vec<(String, String)>;

/// A client who signed in, and where they are one. To anybody else these pages are not there.
struct Me {
    person: PersonId,
    places: Vec<(PracticeId, ClientId)>,
}

impl Me {
    fn of(acting: &Acting) -> web::Result<Self> {
        match acting {
            Acting::Client { person, as_client, .. } => {
                Ok(Self { person: *person, places: as_client.clone() })
            }
            _ => Err(web::Error::NotFound),
        }
    }

    /// The practice that was named; the first where that is none of theirs.
    fn at(&self, typed: &Typed) -> web::Result<(PracticeId, ClientId)> {
        let named = typed.one("practice").parse::<PracticeId>().ok();
        let place = self.places.iter().find(|(practice, _)| Some(*practice) == named);
        place.or(self.places.first()).copied().ok_or(web::Error::NotFound)
    }
}

pub async fn visits(State(house): State<House>, acting: Acting) -> web::Result {
    let me = Me::of(&acting)?;
    let mut tx = house.begin(&acting).await?;
    let mut list = Vec::new();
    for (practice, client) in &me.places {
        list.push(coming(&mut tx, *practice, *client).await?);
    }
    Ok(views::visits(&list).into_response())
}

async fn coming(tx: &mut Tx, practice: PracticeId, client: ClientId) -> web::Result<Coming> {
    let now = tx.house().now();
    let around = lookup::around(tx, practice).await?;
    let can_book = !lookup::treating(tx, practice, client).await?.is_empty();
    let names = people::clinicians(tx, practice).await?;
    let with = |visit: &Appointment| {
        let found = names.iter().find(|it| it.id == visit.clinician);
        found.map_or_else(String::new, |it| it.name.clone())
    };
    let visits = lookup::coming(tx, practice, client, now).await?;
    for visit in &visits {
        tx.may(Act::SeeAppointment, &visit.planned(), &[&Practice::new(practice)]).await?;
    }
    let visits = visits.into_iter().map(|visit| (visit.clone(), with(&visit))).collect();
    let (name, zone) = (around.practice, around.zone);
    Ok(Coming { practice: name, at: At::Me(practice), zone, visits, can_book })
}

async fn choosing(tx: &mut Tx, me: &Me, typed: &Typed) -> web::Result<(Choosing, Practice)> {
    let (practice, client) = me.at(typed)?;
    let thing = Practice::new(practice);
    let client = lookup::client(tx, practice, client).await?.ok_or(web::Error::NotFound)?;
    let choosing = Choosing::load(tx, At::Me(practice), client, &thing).await?;
    Ok((choosing, thing))
}

pub async fn choose(
    State(house): State<House>,
    acting: Acting,
    Query(pairs): Query<Pairs>,
) -> web::Result {
    let me = Me::of(&acting)?;
    let asked: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (choosing, practice) = choosing(&mut tx, &me, &asked).await?;
    if let Some(with) = choosing.chosen_with(&asked) {
        let thing = planned(choosing.practice, house.new_id(), with, &choosing.client);
        tx.may(Act::BookAppointment, &thing, &[&practice]).await?;
    }
    choosing::show(&mut tx, choosing, &asked).await
}

pub async fn hold(
    State(house): State<House>,
    acting: Acting,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    let me = Me::of(&acting)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (choosing, practice) = choosing(&mut tx, &me, &typed).await?;
    choosing::hold(tx, choosing, &typed, &practice).await
}

/// One of the client's own appointments. Another's is not there: row security shows its time, and
/// not for whom it is.
async fn own(tx: &mut Tx, me: &Me, id: Uuid) -> web::Result<Appointment> {
    for (practice, client) in &me.places {
        let found = lookup::appointment(tx, *practice, AppointmentId(id)).await?;
        let is_own = |it: &Appointment| it.client.as_ref().is_some_and(|it| it.client == *client);
        if let Some(found) = found.filter(is_own) {
            return Ok(found);
        }
    }
    Err(web::Error::NotFound)
}

pub async fn appointment(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let me = Me::of(&acting)?;
    let mut tx = house.begin(&acting).await?;
    let is = own(&mut tx, &me, id).await?;
    let practice = Practice::new(is.practice);
    tx.may(Act::SeeAppointment, &is.planned(), &[&practice]).await?;
    let now = house.now();
    let around = lookup::around(&mut tx, is.practice).await?;
    let with = people::clinicians(&mut tx, is.practice).await?;
    let with = with.into_iter().find(|it| it.id == is.clinician);
    let outcome = queries::outcome(&mut tx, is.practice, is.id).await?;
    let may = |act: &Act| tx.would_allow(act, &is.planned(), &[&practice]);
    let may = May {
        book: is.can_be_booked(now) && may(&Act::BookAppointment),
        cancel: is.can_be_canceled(now) && may(&Act::CancelAppointment),
        miss: false,
    };
    let it = Visit {
        at: At::Me(is.practice),
        with: with.map_or_else(String::new, |it| it.name),
        practice: around.practice,
        zone: around.zone,
        now,
        outcome,
        may,
        week: String::new(),
        is,
    };
    let once = house.new_id::<Uuid>().to_string();
    Ok(views::visit(&once, &it, &Typed::none(), &Faults::none()).into_response())
}

pub async fn book(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Pairs>,
) -> web::Result {
    let me = Me::of(&acting)?;
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let found = own(&mut tx, &me, id).await?;
    let practice = Practice::new(found.practice);
    tx.may(Act::BookAppointment, &found.planned(), &[&practice]).await?;
    let here = Typed::none().with("practice", found.practice.to_string());
    let (choosing, _) = choosing(&mut tx, &me, &here).await?;
    choosing::confirm(tx, choosing, found.id, &typed, me.person).await
}

pub async fn cancel(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
) -> web::Result {
    let me = Me::of(&acting)?;
    let mut tx = house.begin(&acting).await?;
    let found = own(&mut tx, &me, id).await?;
    let practice = Practice::new(found.practice);
    tx.may(Act::CancelAppointment, &found.planned(), &[&practice]).await?;
    settle::cancel(&mut tx, found.practice, found.id, me.person, By::Client).await?;
    tx.commit().await?;
    Ok(Redirect::to(&format!("/me/visits/{}", found.id)).into_response())
}
