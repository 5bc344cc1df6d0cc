//! What agreements in force open to the operator's people, asked anew at each request: a version
//! that ended is out at the next page.

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use ground::acting::{Served, Workforce};
use ground::db::{self, Tx};
use ground::policy::{Act, Charter, Practice, Service, Who};
use ground::{Acting, House, web};
use jiff::tz::{Offset, TimeZone};

use crate::queries;

/// Around all routes, inside of what recognizes who acts.
pub(crate) fn around(router: Router<House>, house: &House) -> Router<House> {
    router.layer(from_fn_with_state(house.clone(), serve))
}

async fn serve(State(house): State<House>, mut request: Request, next: Next) -> Response {
    if let Some(acting) = request.extensions().get::<Acting>().cloned() {
        match serving(&house, acting).await {
            Ok(acting) => drop(request.extensions_mut().insert(acting)),
            Err(error) => return web::Error::from(error).into_response(),
        }
    }
    next.run(request).await
}

/// The one who acts, with what agreements in force open to them now. Nothing changes for whoever
/// is not of the operator's people. Of the practices that have an agreement those are added in
/// which some service is this person's work: row security shows them no other.
///
/// # Errors
/// As the database says.
pub async fn serving(house: &House, acting: Acting) -> db::Result<Acting> {
    let Acting::Workforce(worker) = acting else { return Ok(acting) };
    let Some(staff) = as_staff(&worker) else { return Ok(Acting::Workforce(worker)) };
    let alone = Acting::Workforce(Workforce { serves: Vec::new(), ..worker.clone() });
    let mut tx = house.begin(&alone).await?;
    let all = served(&mut tx).await?;
    tx.commit().await?;
    let serves = all.into_iter().filter(|it| works_in(house.charter(), &staff, it)).collect();
    Ok(Acting::Workforce(Workforce { serves, ..worker }))
}

/// The person as one of the operator's people, and nothing else.
fn as_staff(worker: &Workforce) -> Option<Who> {
    let place = worker.places.iter().find(|place| place.is_operator)?;
    let operator = Practice::operator(place.practice);
    Some(Who::new(worker.person).being(place.roles.iter().copied(), operator))
}

fn works_in(charter: &Charter, staff: &Who, served: &Served) -> bool {
    let practice = served.practice();
    served.services.iter().any(|&service| {
        charter.decide(staff, &Act::UseService { service }, &practice, &[]).is_permit()
    })
}

/// Every practice with an agreement in force today, by its own clock, and what it shares. Only the
/// operator's people and jobs are answered; for others there is nothing.
///
/// # Errors
/// As the database says.
pub async fn served(tx: &mut Tx) -> db::Result<Vec<Served>> {
    let now = tx.house().now();
    // Somewhere it is still yesterday, and somewhere tomorrow already.
    let at = |hours| now.to_zoned_datetime(TimeZone::fixed(Offset::constant(hours))).date();
    let mut days = vec![at(-12), at(0), at(14)];
    days.dedup();
    let rows = queries::served(tx, &days).await?;
    let today = rows
        .into_iter()
        .filter(|(day, _, zone, _)| *day == now.to_zoned_datetime(zone.clone()).date());
    let served = today.map(|(_, practice, _, words)| Served {
        practice,
        services: words.iter().filter_map(|word| word.parse::<Service>().ok()).collect(),
    });
    Ok(served.collect())
}
