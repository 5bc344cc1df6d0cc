//! The page of dead letters: work that failed until its limit and waits for a person to decide.
//!
//! It shows ids, names of listeners and what they said, nothing else: the charter lets support and
//! the operator's owner see it.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use ids::{PracticeId, Uuid};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use policy::{Act, Facts, Kind, Practice, Thing, Uid};
use serde::Deserialize;

use crate::acting::Acting;
use crate::clock::wall;
use crate::frame;
use crate::house::House;
use crate::html::{Column, Empty, Head, Heading, Lang, TableRow, button, post, table, when};
use crate::web::{self, Asks, Routes};
use crate::work::{self, DeadKey, DeadLetter};

const PAGE: &str = "/desk/dead-letters";
const TRIAL: &str = "/desk/dead-letters/trial";
const RELEASE: &str = "/desk/dead-letters/release";

/// The page, and the two decisions.
pub(crate) fn routes(routes: Routes) -> Routes {
    routes
        .get(PAGE, Asks::act("see_dead_letters"), list)
        .post(TRIAL, Asks::act("settle_dead_letter"), try_again)
        .post(RELEASE, Asks::act("settle_dead_letter"), let_go)
}

/// A dead letter as policies know it.
struct Stuck {
    practice: PracticeId,
    id: Uuid,
}

impl Thing for Stuck {
    fn uid(&self) -> Uid {
        Uid::new(Kind::DeadLetter, self.id)
    }

    fn practice(&self) -> Option<Uid> {
        Some(Uid::new(Kind::Practice, self.practice))
    }

    fn facts(&self) -> Facts {
        Facts::new()
    }
}

async fn list(State(house): State<House>, acting: Acting) -> web::Result<Markup> {
    let mut tx = house.begin(&acting).await?;
    let operator = acting.operator().ok_or(web::Error::NotFound)?;
    tx.may(Act::SeeDeadLetters, &Practice::operator(operator), &[]).await?;
    let letters = work::dead_letters(&mut tx).await?;
    tx.commit().await?;
    Ok(page(&letters))
}

/// Which dead letter a decision is about.
#[derive(Debug, Deserialize)]
struct Decision {
    practice: Uuid,
    id: Uuid,
    name: String,
}

impl Decision {
    fn key(&self) -> DeadKey<'_> {
        DeadKey { practice: PracticeId(self.practice), id: self.id, name: &self.name }
    }
}

async fn try_again(
    State(house): State<House>,
    acting: Acting,
    Form(decision): Form<Decision>,
) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    ask(&mut tx, &acting, &decision).await?;
    let was_dead = work::try_again(&mut tx, decision.key()).await?;
    tx.commit().await?;
    settled(was_dead)
}

async fn let_go(
    State(house): State<House>,
    acting: Acting,
    Form(decision): Form<Decision>,
) -> web::Result {
    let mut tx = house.begin(&acting).await?;
    ask(&mut tx, &acting, &decision).await?;
    let was_dead = work::let_go(&mut tx, decision.key(), wall()).await?;
    tx.commit().await?;
    settled(was_dead)
}

async fn ask(tx: &mut crate::db::Tx, acting: &Acting, decision: &Decision) -> web::Result<()> {
    let operator = acting.operator().ok_or(web::Error::NotFound)?;
    let practice = PracticeId(decision.practice);
    let stuck = Stuck { practice, id: decision.id };
    let other = Practice::new(practice);
    let others: &[&dyn Thing] = if practice == operator { &[] } else { &[&other] };
    tx.may(Act::SettleDeadLetter, &stuck, others).await?;
    Ok(())
}

fn settled(was_dead: bool) -> web::Result<Response> {
    if was_dead {
        return Ok(Redirect::to(PAGE).into_response());
    }
    Err(web::Error::Conflict("Somebody has decided about this already. Nothing was done.".into()))
}

fn page(letters: &[DeadLetter]) -> Markup {
    let columns = [
        Column::name("What"),
        Column::words("What it said"),
        Column::number("Tries"),
        Column::number("Waiting behind it"),
        Column::words("Since"),
        Column::act("Decide"),
    ];
    let rows: Vec<TableRow> = letters.iter().map(row).collect();
    let empty = Empty::new("Nothing is stuck. What fails until its limit is listed here.");
    let lead = html! {
        "Work that failed until its limit. What comes after it for the same subject waits. "
        "The list holds ids only."
    };
    let main = html! {
        (Heading::new("Stuck work").lead(lead))
        (table("Stuck work, the oldest first", &columns, &rows, &empty))
    };
    frame::page(&Head::new(web::assets(), "Stuck work"), main)
}

fn row(letter: &DeadLetter) -> TableRow {
    let since = letter.dead_at.to_zoned_datetime(TimeZone::UTC);
    let fields = html! {
        input type="hidden" name="practice" value=(letter.practice);
        input type="hidden" name="id" value=(letter.id);
        input type="hidden" name="name" value=(letter.name);
    };
    let name = &letter.name;
    let again = html! { (fields) (button(format!("Try {name} again")).small()) };
    let release = html! { (fields) (button(format!("Let {name} go")).small().quiet()) };
    let once = letter.id.to_string();
    TableRow::new(vec![
        html! { (letter.name) },
        html! { (letter.why) },
        html! { (letter.tries) },
        html! { (letter.blocks) },
        html! { (when::moment_and_zone(Lang::En, &since)) },
        html! { (post(TRIAL, &once, again)) (post(RELEASE, &once, release)) },
    ])
}
