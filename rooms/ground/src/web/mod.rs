//! The web: routes that say what they ask, headers on every answer, and pages on which a way ends.

mod assets;
mod error;
mod headers;
mod health;
mod proxies;
mod routes;

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::csrf::CsrfLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

pub use assets::assets;
pub use error::{Error, Result};
pub use proxies::{Proxies, asks_from};
pub use routes::{Asks, Route, Routes};

use crate::dead;
use crate::gate;
use crate::house::House;

/// Largest request, in bytes: the longest form with room to spare. Uploads will say their own.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// A page that takes longer is broken.
const ANSWER_WITHIN: Duration = Duration::from_secs(15);

/// What ground itself serves.
pub fn own_routes() -> Routes {
    let routes = Routes::new()
        .get("/healthz", Asks::nothing("says that the process lives"), health::lives)
        .get("/readyz", Asks::nothing("says whether pages can be served"), health::is_ready)
        .get("/assets/{name}", Asks::nothing("style sheet and scripts"), assets::serve)
        .get("/favicon.svg", Asks::nothing("the picture in the tab"), assets::favicon)
        .get("/design", Asks::nothing("every part of the look; holds nothing"), assets::design);
    dead::routes(routes)
}

/// The whole program as a service: all routes, with what every answer has.
pub fn app(house: House, routes: Router<House>) -> Router {
    let is_secure = house.origin().starts_with("https://");
    routes
        .fallback(async || Error::NotFound)
        .method_not_allowed_fallback(async || Error::NotFound)
        .layer(DefaultBodyLimit::disable())
        .layer(RequestBodyLimitLayer::new(BODY_BYTES_MAX))
        .layer(CsrfLayer::new())
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CatchPanicLayer::custom(error::panicked))
        .layer(middleware::from_fn_with_state(house.clone(), gate::record))
        .layer(middleware::from_fn(error::dress))
        .layer(middleware::from_fn_with_state(is_secure, headers::put))
        .layer(middleware::from_fn(headers::log))
        .with_state(house)
}
