//! The house's own doors, as a browser opens them: whoever lives through the demo comes in by
//! them, and the charter is asked about each act as it would be on any day.

use anyhow::{Context as _, ensure};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use ground::{House, web};
use ids::PersonId;
use tower::ServiceExt;

use crate::house;

/// The longest page that is read.
const PAGE_MAX: usize = 4_000_000;

/// All doors of one house.
#[derive(Clone)]
pub struct Doors {
    app: Router,
    house: House,
}

/// Somebody at the doors.
#[derive(Clone)]
pub struct Somebody {
    doors: Doors,
    cookie: Option<String>,
    name: &'static str,
}

/// What came back.
pub struct Answer {
    /// Where it leads.
    pub to: Option<String>,
    /// What it shows.
    pub page: String,
}

impl Doors {
    /// The doors of a house.
    pub fn of(house: &House) -> Self {
        Self { app: web::app(house.clone(), house::routes(house)), house: house.clone() }
    }

    /// A stranger.
    pub fn stranger(&self) -> Somebody {
        Somebody { doors: self.clone(), cookie: None, name: "a stranger" }
    }

    /// Somebody of the demo, signed in.
    pub async fn come_in(
        &self,
        name: &'static str,
        person: PersonId,
        as_client: bool,
    ) -> anyhow::Result<Somebody> {
        let cookie = people::demo::come_in(&self.house, person, as_client).await?;
        let cookie = cookie.with_context(|| format!("{name} cannot come in"))?;
        let cookie = cookie.split(';').next().map(str::to_owned);
        Ok(Somebody { doors: self.clone(), cookie, name })
    }
}

impl Somebody {
    /// Opens a page.
    pub async fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.send(Request::get(path), String::new(), path).await
    }

    /// Sends a form. An answer that says no ends the making of the demo: nothing in it fails.
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> anyhow::Result<Answer> {
        let encode =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let kind = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, kind);
        self.send(request, pairs.join("&"), path).await
    }

    /// Tries to open a page that the charter closes, and is refused on the record.
    pub async fn is_refused(&self, path: &str) -> anyhow::Result<()> {
        let mut request = Request::get(path);
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let answer = self.doors.app.clone().oneshot(request.body(Body::empty())?).await?;
        ensure!(answer.status() == StatusCode::FORBIDDEN, "{} was let in at {path}", self.name);
        Ok(())
    }

    async fn send(
        &self,
        mut request: axum::http::request::Builder,
        body: String,
        path: &str,
    ) -> anyhow::Result<Answer> {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let request = request.body(Body::from(body))?;
        let answer = self.doors.app.clone().oneshot(request).await?;
        let status = answer.status();
        let to = answer.headers().get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).map(str::to_owned);
        let page = axum::body::to_bytes(answer.into_body(), PAGE_MAX).await?;
        let page = String::from_utf8_lossy(&page).into_owned();
        let well = status.is_success() || status == StatusCode::SEE_OTHER;
        ensure!(well, "{} at {path}: {status}: {}", self.name, words(&page));
        Ok(Answer { to, page })
    }
}

impl Answer {
    /// Every path in the page that begins and ends so, without its ends, in order.
    pub fn between(&self, before: &str, after: &str) -> Vec<String> {
        let parts = self.page.split(before).skip(1);
        parts.filter_map(|part| part.split_once(after)).map(|(it, _)| it.to_owned()).collect()
    }

    /// The first of them.
    pub fn first(&self, before: &str, after: &str) -> anyhow::Result<String> {
        let found = self.between(before, after).into_iter().next();
        found.with_context(|| format!("no {before}…{after} on the page: {}", words(&self.page)))
    }
}

/// The words of a page without its tags: what a person would read.
fn words(page: &str) -> String {
    let main = page.split("<main").nth(1).unwrap_or(page);
    let text: Vec<&str> =
        main.split('<').filter_map(|it| it.split_once('>')).map(|it| it.1).collect();
    let text = text.join(" ");
    text.split_whitespace().take(80).collect::<Vec<_>>().join(" ")
}
