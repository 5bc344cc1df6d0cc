//! The table of routes of worth, then its handlers in the order of the table.

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect};
use bookkeeping::Period;
use economics::TimeKind;
use ground::db::Tx;
use ground::html::{Faults, Typed};
use ground::policy::{Act, Role};
use ground::web::{self, Asks, Routes};
use ground::{Acting, House};
use ids::{ClinicianId, PersonId, PracticeId, Uuid};
use jiff::civil::Date;
use maud::Markup;
use payouts::{Handed, HandedIn, PaidKind};
use people::Clinician;

use crate::model::{Figures, MyHour, Record, Said};
use crate::record::record;
use crate::views::{self, Page};
use crate::{queries, words};

/// The table.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .get("/p/{practice}/worth", Asks::act("see_worth"), mine)
        .get("/p/{practice}/worth/hours/{kind}", Asks::act("see_worth"), of_kind)
        .get("/p/{practice}/worth/money", Asks::act("see_worth"), money_of)
        .get("/p/{practice}/worth/of/{clinician}", Asks::act("see_worth"), of_another)
        .post("/p/{practice}/worth/days", Asks::act("see_worth"), say)
        .post("/p/{practice}/worth/nones", Asks::act("see_worth"), say_none)
        .post("/p/{practice}/worth/paid", Asks::act("see_worth"), hand_in)
}

#[derive(serde::Deserialize)]
struct Of {
    month: Option<String>,
}

impl Of {
    fn month(&self) -> Option<Period> {
        read_month(self.month.as_deref()?)
    }
}

fn read_month(text: &str) -> Option<Period> {
    format!("{text}-01").parse::<Date>().ok().map(Period::of)
}

/// The clinician who asks, whose own this is: whoever treats nobody here is refused on the record.
async fn own(tx: &mut Tx, acting: &Acting, id: PracticeId) -> web::Result<(Clinician, PersonId)> {
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let person = acting.person();
    let all = people::clinicians(tx, id).await?;
    let own = all.into_iter().find(|it| Some(it.person) == person);
    let thing = MyHour { practice: id, person: own.as_ref().map(|it| it.person) };
    tx.may(Act::SeeWorth, &thing, &[&practice]).await?;
    let own = own.ok_or(web::Error::NotFound)?;
    let person = own.person;
    Ok((own, person))
}

/// Everything known of the one who acts, with the figures of each month.
async fn known(
    tx: &mut Tx,
    acting: &Acting,
    id: PracticeId,
) -> web::Result<(Record, Vec<Figures>)> {
    let (own, _) = own(tx, acting, id).await?;
    let owns = acting.holds(id, Role::Owner);
    let record = record(tx, id, &own, owns).await?;
    let figures = record.figures().map_err(inside)?;
    Ok((record, figures))
}

fn inside(error: economics::Error) -> web::Error {
    web::Error::Inside(error.to_string())
}

async fn mine(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(of): Query<Of>,
) -> web::Result {
    let id = PracticeId(id);
    let mut tx = house.begin(&acting).await?;
    let begin = Typed::none();
    let page = page(&mut tx, &acting, id, of.month(), (&begin, &Faults::none())).await?;
    Ok(page.into_response())
}

/// The page of a month: the one asked for or, without one, the last that is closed.
async fn page(
    tx: &mut Tx,
    acting: &Acting,
    id: PracticeId,
    month: Option<Period>,
    (typed, faults): (&Typed, &Faults),
) -> web::Result<Markup> {
    let (record, all) = known(tx, acting, id).await?;
    let closed = record.months.iter().rposition(|it| it.statement.is_some());
    let at = match month {
        Some(month) => all.iter().position(|it| it.month == month).ok_or(web::Error::NotFound)?,
        None => closed.unwrap_or(all.len() - 1),
    };
    let window = record.since_start(&all[..=at]).map_err(inside)?;
    let trailing = record.trailing(&all[..=at]).map_err(inside)?;
    let once = [0, 1, 2].map(|_| tx.house().new_id::<Uuid>().to_string());
    Ok(views::page(&Page {
        practice: id,
        record: &record,
        all: &all,
        at,
        window,
        trailing,
        once,
        typed,
        faults,
    }))
}

async fn of_kind(
    State(house): State<House>,
    acting: Acting,
    Path((id, kind)): Path<(Uuid, String)>,
    Query(of): Query<Of>,
) -> web::Result {
    let id = PracticeId(id);
    let mut tx = house.begin(&acting).await?;
    let (record, all) = known(&mut tx, &acting, id).await?;
    let kind = queries::kind_of(&kind).ok_or(web::Error::NotFound)?;
    let month = of.month().unwrap_or_else(|| Period::of(record.today));
    let figures = all.iter().find(|it| it.month == month).ok_or(web::Error::NotFound)?;
    Ok(views::of_kind(id, &record, figures, kind).into_response())
}

async fn money_of(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Query(of): Query<Of>,
) -> web::Result {
    let id = PracticeId(id);
    let mut tx = house.begin(&acting).await?;
    let (record, all) = known(&mut tx, &acting, id).await?;
    let month = of.month().unwrap_or_else(|| Period::of(record.today));
    let figures = all.iter().find(|it| it.month == month).ok_or(web::Error::NotFound)?;
    Ok(views::money_of(id, &record, figures).into_response())
}

/// Nobody sees another's: who asks about somebody else is refused, and they learn of it.
async fn of_another(
    State(house): State<House>,
    acting: Acting,
    Path((id, clinician)): Path<(Uuid, Uuid)>,
) -> web::Result {
    let id = PracticeId(id);
    let practice = acting.known(id).ok_or(web::Error::NotFound)?;
    let mut tx = house.begin(&acting).await?;
    let person = queries::person_of(&mut tx, id, ClinicianId(clinician)).await?;
    tx.may(Act::SeeWorth, &MyHour { practice: id, person }, &[&practice]).await?;
    Ok(Redirect::to(&format!("/p/{id}/worth")).into_response())
}

async fn say(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (_, person) = own(&mut tx, &acting, id).await?;
    let zone = hours::zone(&mut tx, id).await?;
    let today = ledger::today(&mut tx, id).await?;
    let faults = match read(&typed, today, &zone) {
        Ok(said) => {
            if queries::insert_said(&mut tx, id, person, once(&house, &typed), said).await? {
                tx.commit().await?;
                let month = Period::of(said.on);
                return Ok(Redirect::to(&format!("/p/{id}/worth?month={month}")).into_response());
            }
            let mut faults = Faults::none();
            faults.add("minutes", words::SENT_BEFORE);
            faults
        }
        Err(faults) => faults,
    };
    let month = read_month(typed.one("month"));
    let page = page(&mut tx, &acting, id, month, (&typed, &faults)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The clinician hands in hours that their engagement pays: of all that is known here, this one
/// number alone goes to the practice, because they say so.
async fn hand_in(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (own, _) = own(&mut tx, &acting, id).await?;
    let today = ledger::today(&mut tx, id).await?;
    let month = read_month(typed.one("month")).filter(|it| *it <= Period::of(today));
    let month = month.ok_or(web::Error::NotFound)?;
    let last = month.last_day().min(today);
    let terms = terms::engagement_on(&mut tx, id, own.id, last).await?;
    let is_paid =
        |kind: &PaidKind| terms.as_ref().is_some_and(|it| kind.rate(&it.terms.clauses).is_some());
    let mut faults = Faults::none();
    let kind = PaidKind::of_word(typed.one("paid")).filter(is_paid);
    if kind.is_none() {
        faults.add("paid", words::CHOOSE_PAID);
    }
    let longest = i64::from(month.last_day().day()) * 1_440;
    let minutes = read_minutes(typed.one("paid_minutes"));
    match minutes {
        Some(minutes) if minutes <= longest => {}
        Some(_) => faults.add("paid_minutes", words::too_long(longest)),
        None => faults.add("paid_minutes", words::ENTER_MINUTES),
    }
    if let (Some(kind), Some(minutes), true) = (kind, minutes, faults.is_empty()) {
        let once = once(&house, &typed);
        let new = HandedIn { id: once, clinician: own.id, month, kind, minutes };
        match payouts::hand_in(&mut tx, id, &new).await? {
            Handed::In => {
                tx.commit().await?;
                return Ok(Redirect::to(&format!("/p/{id}/worth?month={month}")).into_response());
            }
            Handed::IsClosed => faults.add("paid_minutes", words::MONTH_IS_CLOSED),
            Handed::SentBefore => faults.add("paid_minutes", words::SENT_BEFORE),
        }
    }
    let page = page(&mut tx, &acting, id, Some(month), (&typed, &faults)).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The once-key of a form is the row's id, so that a double press is one word.
fn once(house: &House, typed: &Typed) -> Uuid {
    Uuid::try_parse(typed.one("once")).unwrap_or_else(|_| house.new_id())
}

fn read(typed: &Typed, today: Date, zone: &jiff::tz::TimeZone) -> Result<Said, Faults> {
    let mut faults = Faults::none();
    let kind = queries::kind_of(typed.one("kind"));
    if kind.is_none() {
        faults.add("kind", words::ENTER_KIND);
    }
    let part = |part: &str| typed.one(&format!("on_{part}")).trim().to_owned();
    let (year, month, day) = (part("year"), part("month"), part("day"));
    let date = || Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok();
    let on = match date() {
        Some(day) if day <= today => day,
        Some(_) => {
            faults.add("on", words::ENTER_PAST_DAY);
            today
        }
        None => {
            faults.add("on", words::ENTER_DAY);
            today
        }
    };
    let longest = minutes_of(zone, on);
    let minutes = match read_minutes(typed.one("minutes")) {
        Some(minutes) if minutes <= longest => minutes,
        Some(_) => {
            faults.add("minutes", words::too_long(longest));
            0
        }
        None => {
            faults.add("minutes", words::ENTER_MINUTES);
            0
        }
    };
    let said = Said { kind: kind.unwrap_or(TimeKind::Admin), on, minutes };
    faults.or(said)
}

/// `90`, or `1:30`.
pub(crate) fn read_minutes(typed: &str) -> Option<i64> {
    let text = typed.trim();
    let digits = |text: &str| {
        let is_short = (1..=4).contains(&text.len());
        let is_number = is_short && text.bytes().all(|it| it.is_ascii_digit());
        is_number.then(|| text.parse::<i64>().ok()).flatten()
    };
    match text.split_once(':') {
        None => digits(text),
        Some((hours, minutes)) if minutes.len() == 2 => {
            let minutes = digits(minutes).filter(|minutes| *minutes < 60)?;
            Some(digits(hours)? * 60 + minutes)
        }
        Some(_) => None,
    }
}

/// How long a day is by the wall clock.
fn minutes_of(zone: &jiff::tz::TimeZone, day: Date) -> i64 {
    let midnight = |day: Date| zone.to_timestamp(day.to_datetime(jiff::civil::Time::midnight()));
    match (midnight(day), day.tomorrow().and_then(midnight)) {
        (Ok(from), Ok(to)) => (to.as_second() - from.as_second()) / 60,
        _ => 1_440,
    }
}

/// Of all kinds of which nothing is known in a month, there were none.
async fn say_none(
    State(house): State<House>,
    acting: Acting,
    Path(id): Path<Uuid>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> web::Result {
    let id = PracticeId(id);
    let typed: Typed = pairs.into_iter().collect();
    let mut tx = house.begin(&acting).await?;
    let (_, person) = own(&mut tx, &acting, id).await?;
    let (record, all) = known(&mut tx, &acting, id).await?;
    let month = read_month(typed.one("month")).ok_or(web::Error::NotFound)?;
    let figures = all.iter().find(|it| it.month == month).ok_or(web::Error::NotFound)?;
    let on = month.last_day().min(record.today);
    for kind in &figures.actuals.hours.not_recorded {
        let said = Said { kind: *kind, on, minutes: 0 };
        queries::insert_said(&mut tx, id, person, house.new_id(), said).await?;
    }
    tx.commit().await?;
    Ok(Redirect::to(&format!("/p/{id}/worth?month={month}")).into_response())
}
