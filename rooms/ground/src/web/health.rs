//! Whether the process lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;

use crate::house::House;

/// The process lives. Asks nothing of anybody, so that it answers when all else is busy.
pub(super) async fn lives() -> &'static str {
    "ok\n"
}

/// Pages can be served: the database answers.
pub(super) async fn is_ready(State(house): State<House>) -> (StatusCode, &'static str) {
    match sqlx::query("select 1").execute(house.pool()).await {
        Ok(_) => (StatusCode::OK, "ready\n"),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}
