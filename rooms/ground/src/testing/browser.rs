//! A browser for tests of a room's pages: it sends forms, follows nothing, and runs no script.

use axum::Extension;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use tower::ServiceExt;

use super::TestHouse;
use crate::acting::Acting;
use crate::web::{self, Routes};

/// Somebody at the pages of some rooms.
#[derive(Debug, Clone)]
pub struct Browser {
    app: axum::Router,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Where it sends the browser.
    pub to: Option<String>,
    /// The page.
    pub page: String,
}

impl Browser {
    /// A browser of `acting`, as if they had signed in, at these tables of routes.
    pub fn of(house: &TestHouse, rooms: impl IntoIterator<Item = Routes>, acting: &Acting) -> Self {
        let all = rooms
            .into_iter()
            .fold(axum::Router::new(), |all, routes| all.merge(routes.into_router()));
        let app = web::app(house.house.clone(), all.layer(Extension(acting.clone())));
        Self { app }
    }

    /// Opens a page.
    ///
    /// # Panics
    /// Where the answer is no text of at most 4 MB.
    pub async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form.
    ///
    /// # Panics
    /// As [`get`](Self::get).
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let encode =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let form = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, form);
        self.send(request, Body::from(pairs.join("&"))).await
    }

    async fn send(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let request = request.body(body).expect("a request of a test is one");
        let answer = self.app.clone().oneshot(request).await.expect("a router always answers");
        Answer::of(answer).await
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let status = response.status();
        let to = response.headers().get(header::LOCATION);
        let to = to.and_then(|to| to.to_str().ok()).map(str::to_owned);
        let body = axum::body::to_bytes(response.into_body(), 4_000_000).await;
        let body = body.expect("a page has an end");
        Self { status, to, page: String::from_utf8_lossy(&body).into_owned() }
    }
}
