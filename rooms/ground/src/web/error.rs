//! How a request ends that does not go well: each error is a page that says what to do.

use std::any::Any;

use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::header::{self, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::assets::assets;
use crate::db;
use crate::frame::{self, Frame};
use crate::gate::Refusal;
use crate::house::secret;
use crate::html::{self, Ending, Head, Lang, Link, Saved};

/// What somebody is told whose form or address cannot be read.
const CANNOT_BE_READ: &str =
    "What the browser sent cannot be read. Go back, reload the page, and send it again.";

/// What a handler yields: a page, or the way it ended.
pub type Result<T = Response> = std::result::Result<T, Error>;

/// How a request may end. A wrong answer on a form is none of these: its page comes back with 422.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Not there, or not for this person to know of.
    #[error("not found")]
    NotFound,
    /// A link whose time is over.
    #[error("the link has ended")]
    LinkEnded,
    /// The charter says no, in these words.
    #[error("refused")]
    Refused(Box<Refusal>),
    /// Somebody was faster, or it is not so any more.
    #[error("conflict: {0}")]
    Conflict(String),
    /// Too many tries.
    #[error("too much")]
    TooMuch {
        /// How long to wait, in minutes.
        minutes: u16,
    },
    /// The database is down or busy, or something is broken inside.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// Broken inside, with what was met.
    #[error("broken inside: {0}")]
    Inside(String),
}

impl Error {
    fn ending(&self) -> (StatusCode, Ending) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, Ending::NotFound),
            Self::LinkEnded => (StatusCode::GONE, Ending::LinkEnded),
            Self::Refused(refusal) => (StatusCode::FORBIDDEN, refused(refusal)),
            Self::Conflict(says) => (StatusCode::CONFLICT, Ending::Conflict(Some(says.clone()))),
            Self::TooMuch { minutes } => {
                (StatusCode::TOO_MANY_REQUESTS, Ending::TooMuch { minutes: *minutes })
            }
            Self::Database(db::Error::Down(_) | db::Error::Busy(_)) => {
                (StatusCode::SERVICE_UNAVAILABLE, Ending::Offline)
            }
            Self::Database(db::Error::Touched { .. }) => {
                (StatusCode::CONFLICT, Ending::Conflict(None))
            }
            Self::Database(db::Error::NoText(_)) => {
                (StatusCode::BAD_REQUEST, Ending::NotTaken(CANNOT_BE_READ.into()))
            }
            Self::Database(_) | Self::Inside(_) => {
                let id = short_id();
                tracing::error!(%id, error = %chain(self), "a request broke");
                let saved = Saved::No;
                (StatusCode::INTERNAL_SERVER_ERROR, Ending::Inside { id, saved })
            }
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, ending) = self.ending();
        let mut response = page(status, &ending);
        if let Self::Refused(refusal) = self {
            // The gate takes it from here and writes it down before the answer leaves.
            response.extensions_mut().insert(*refusal);
        }
        response
    }
}

fn refused(refusal: &Refusal) -> Ending {
    let says = &refusal.refused;
    let promise = says.promise.as_ref().map(|id| id.as_str().to_owned());
    Ending::Refused(html::Refusal {
        tried: "You can't do this".into(),
        promise: promise.unwrap_or_default(),
        says: says.sentence.clone(),
        next: None,
    })
}

fn page(status: StatusCode, ending: &Ending) -> Response {
    let title = ending.title(Lang::En);
    let act = Link::to("/", "Go to the first page");
    let markup = frame::page(&Head::new(assets(), &title), ending.page(Lang::En, &act));
    let mut response = (status, markup).into_response();
    if status == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("2"));
    }
    response
}

/// Six signs to read out on the telephone, none of which looks like another.
fn short_id() -> String {
    const SIGNS: &[u8] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
    let bytes: [u8; 6] = secret();
    bytes.iter().map(|byte| char::from(SIGNS[usize::from(*byte) % SIGNS.len()])).collect()
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut said = vec![error.to_string()];
    let mut cause = error.source();
    while let Some(it) = cause {
        said.push(it.to_string());
        cause = it.source();
    }
    said.dedup();
    said.join(": ")
}

/// A panic is a mistake of ours: its words go to the log, never to the page.
#[allow(clippy::needless_pass_by_value, reason = "the layer hands it over")]
pub(super) fn panicked(panic: Box<dyn Any + Send + 'static>) -> Response {
    let said = panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("a panic without words");
    Error::Inside(said.to_owned()).into_response()
}

/// Answers that layers below give without a page (too large, timed out, from another site, a form
/// that cannot be read) get one.
pub(super) async fn dress(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    // The frame of whoever looks, where a layer inside found it.
    let frame = response.extensions_mut().remove::<Frame>();
    if response.headers().get(header::CONTENT_TYPE).is_some_and(is_page) {
        return response;
    }
    let says = match response.status() {
        StatusCode::PAYLOAD_TOO_LARGE => "This is more than the page can take. Shorten it.",
        StatusCode::FORBIDDEN => {
            "This was sent from another site, so nothing was done. Go back and send it from here."
        }
        StatusCode::BAD_REQUEST
        | StatusCode::UNPROCESSABLE_ENTITY
        | StatusCode::UNSUPPORTED_MEDIA_TYPE => CANNOT_BE_READ,
        StatusCode::SERVICE_UNAVAILABLE
            if response.headers().get(header::CONTENT_TYPE).is_none() =>
        {
            return framed(frame, StatusCode::SERVICE_UNAVAILABLE, Ending::Offline).await;
        }
        _ => return response,
    };
    framed(frame, response.status(), Ending::NotTaken(says.to_owned())).await
}

async fn framed(frame: Option<Frame>, status: StatusCode, ending: Ending) -> Response {
    match frame {
        Some(frame) => frame::within(frame, async { page(status, &ending) }).await,
        None => page(status, &ending),
    }
}

fn is_page(kind: &HeaderValue) -> bool {
    kind.as_bytes().starts_with(b"text/html")
}
