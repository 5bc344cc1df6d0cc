//! A browser: it sends forms, follows nothing, and keeps its cookie.

use std::net::{IpAddr, SocketAddr};

use axum::Extension;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{Request, StatusCode, header};
use axum::response::Response;
use ground::testing::TestHouse;
use ground::{Acting, web};
use tower::ServiceExt;

use crate::Cost;

/// A browser at the house's door, with its cookie.
pub struct Browser {
    app: axum::Router,
    pub cookie: Option<String>,
    /// From where it connects, if that is known.
    pub place: Option<IpAddr>,
    /// What a proxy says about where it heard the request from.
    pub forwarded: Option<String>,
}

pub struct Answer {
    pub status: StatusCode,
    pub to: Option<String>,
    pub page: String,
}

impl Browser {
    pub fn at(house: &TestHouse) -> Self {
        let routes = (crate::ROOM.routes)().into_router();
        let routes = crate::around_at(routes, &house.house, Cost::LEAST);
        Self {
            app: web::app(house.house.clone(), routes),
            cookie: None,
            place: None,
            forwarded: None,
        }
    }

    /// A browser of somebody who has signed in already.
    pub fn of(house: &TestHouse, acting: &Acting) -> Self {
        let routes = (crate::ROOM.routes)().into_router().layer(Extension(acting.clone()));
        let routes = crate::around_at(routes, &house.house, Cost::LEAST);
        Self {
            app: web::app(house.house.clone(), routes),
            cookie: None,
            place: None,
            forwarded: None,
        }
    }

    pub async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path), Body::empty()).await
    }

    pub async fn post(&mut self, path: &str, form: &[(&str, &str)]) -> Answer {
        let encode =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02x}")).collect() };
        let pairs: Vec<String> =
            form.iter().map(|(name, value)| format!("{name}={}", encode(value))).collect();
        let form = "application/x-www-form-urlencoded";
        let request = Request::post(path).header(header::CONTENT_TYPE, form);
        self.send(request, Body::from(pairs.join("&"))).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Answer {
        let mut request = request.header(header::USER_AGENT, "Firefox/132.0 (X11; Linux)");
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        if let Some(forwarded) = &self.forwarded {
            request = request.header("x-forwarded-for", forwarded);
        }
        let mut request = request.body(body).unwrap();
        if let Some(place) = self.place {
            request.extensions_mut().insert(ConnectInfo(SocketAddr::new(place, 50_000)));
        }
        let answer = self.app.clone().oneshot(request).await.unwrap();
        if let Some(set) = answer.headers().get(header::SET_COOKIE) {
            let set = set.to_str().unwrap();
            assert!(set.contains("; HttpOnly; SameSite=Lax; Path=/"), "{set}");
            let pair = set.split(';').next().unwrap();
            self.cookie = (!pair.ends_with('=')).then(|| pair.to_owned());
        }
        Answer::of(answer).await
    }
}

impl Answer {
    async fn of(response: Response) -> Self {
        let status = response.status();
        let to = response.headers().get(header::LOCATION);
        let to = to.map(|to| to.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(response.into_body(), 1_000_000).await.unwrap();
        Self { status, to, page: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// The page without what differs each time.
    pub fn calm(&self) -> String {
        let mut page = self.page.clone();
        while let Some(at) = page.find("name=\"once\" value=\"") {
            page.replace_range(at..at + 55, "");
        }
        page
    }
}
