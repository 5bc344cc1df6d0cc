//! The comparison is asked and answered in one breath: nothing of it is kept, logged or put into
//! an address.

use std::sync::OnceLock;

use axum::extract::{Form, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use ground::House;
use ground::html::{Faults, Typed};
use ground::web::{self, Asks, Routes};
use jiff::tz::TimeZone;

use super::answer::Answer;
use super::asked::{self, Asked};
use super::line::Line;
use super::views::{self, Made};

/// Each answer takes a core for some hundredths of a second, and anybody may ask.
static ANSWERS: Line = Line::of(2, 30);
/// A paper takes longer. Those who wait for one hold nobody up who asks for figures.
static PAPERS: Line = Line::of(1, 16);

/// The table, added to the public pages.
pub(crate) fn routes(pages: Routes) -> Routes {
    let public = Asks::nothing("a public page: figures in, figures out, nothing kept");
    pages.get("/compare", public, open).post("/compare", public, answer).post(
        "/compare/pdf",
        public,
        pdf,
    )
}

/// The page with what is usual. Everybody sees the same, so it is worked out once.
async fn open() -> web::Result {
    static USUAL: OnceLock<Option<Answer>> = OnceLock::new();
    let answer = match USUAL.get() {
        Some(answer) => answer.clone(),
        None => {
            let answer = worked_out(Asked::default()).await?;
            USUAL.get_or_init(|| answer.clone());
            answer
        }
    };
    Ok(page(answer.as_ref(), &asked::usual(), &Faults::none()))
}

async fn answer(Form(pairs): Form<Vec<(String, String)>>) -> web::Result {
    let typed = asked::whole(pairs.into_iter().collect());
    let asked = match asked::read(&typed) {
        Ok(asked) => asked,
        Err(faults) => return Ok(page(None, &typed, &faults)),
    };
    let answer = worked_out(asked).await?;
    Ok(page(answer.as_ref(), &typed, &Faults::none()))
}

/// The same on paper. What cannot be counted comes back as the page, with its faults at the fields.
async fn pdf(State(house): State<House>, Form(pairs): Form<Vec<(String, String)>>) -> web::Result {
    let typed = asked::whole(pairs.into_iter().collect());
    let asked = match asked::read(&typed) {
        Ok(asked) => asked,
        Err(faults) => return Ok(page(None, &typed, &faults)),
    };
    let turn = PAPERS.turn().await?;
    let Some(answer) = worked_out(asked).await? else {
        return Ok(page(None, &typed, &Faults::none()));
    };
    let zone = house.demo().map_or(TimeZone::UTC, |demo| demo.zone.clone());
    let made = Made {
        on: zone.to_datetime(house.now()).date(),
        origin: house.origin(),
        is_demo: house.demo().is_some(),
    };
    let document = views::printed(&answer, &made);
    let inside = |error: String| web::Error::Inside(error);
    let pdf = tokio::task::spawn_blocking(move || turn.with(|| document.pdf())).await;
    let pdf = pdf.map_err(|error| inside(error.to_string()))?;
    let pdf = pdf.map_err(|error| inside(error.to_string()))?;
    Ok((paper::as_file("comparison-of-models.pdf"), pdf).into_response())
}

/// Off the threads that serve.
async fn worked_out(asked: Asked) -> web::Result<Option<Answer>> {
    let turn = ANSWERS.turn().await?;
    let answer = tokio::task::spawn_blocking(move || turn.with(|| Answer::to(asked))).await;
    let answer = answer.map_err(|error| web::Error::Inside(error.to_string()))?;
    Ok(answer.inspect_err(|error| tracing::error!(%error, "a comparison has no answer")).ok())
}

fn page(answer: Option<&Answer>, typed: &Typed, faults: &Faults) -> Response {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    (status, views::page(answer, typed, faults)).into_response()
}
