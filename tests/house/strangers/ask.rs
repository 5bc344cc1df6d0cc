//! Somebody with a browser: what they send, and all that comes back.

use std::fmt::Write as _;

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use tower::ServiceExt;

/// The longest page that is read.
const PAGE_MAX: usize = 8_000_000;
/// How forms are sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// Somebody at the doors, signed in where they hold a cookie.
#[derive(Clone)]
pub struct Somebody {
    app: Router,
    pub cookie: Option<String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: StatusCode,
    pub to: Option<String>,
    /// Every header, a line each.
    pub headers: String,
    pub page: String,
}

impl Somebody {
    pub fn with(app: &Router, cookie: Option<String>) -> Self {
        Self { app: app.clone(), cookie }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], String::new()).await
    }

    pub async fn post<K: AsRef<str>, V: AsRef<str>>(&self, path: &str, form: &[(K, V)]) -> Answer {
        self.send(Method::POST, path, &[], encoded(form)).await
    }

    /// Sends anything.
    pub async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: String,
    ) -> Answer {
        let mut request = Request::builder().method(&method).uri(path);
        let is_named = headers.iter().any(|(name, _)| *name == "content-type");
        if method == Method::POST && !is_named {
            request = request.header(header::CONTENT_TYPE, FORM);
        }
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Body::from(body)).unwrap();
        let response = self.app.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let headers = response.headers();
        let to = headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).map(str::to_owned);
        let headers: Vec<String> =
            headers.iter().map(|(name, value)| format!("{name}: {value:?}")).collect();
        let page = axum::body::to_bytes(response.into_body(), PAGE_MAX).await.unwrap();
        let page = String::from_utf8_lossy(&page).into_owned();
        Answer { status, to, headers: headers.join("\n"), page }
    }
}

/// A form as a browser sends it.
pub fn encoded<K: AsRef<str>, V: AsRef<str>>(form: &[(K, V)]) -> String {
    let pairs = form
        .iter()
        .map(|(name, value)| format!("{}={}", percent(name.as_ref()), percent(value.as_ref())));
    pairs.collect::<Vec<_>>().join("&")
}

fn percent(text: &str) -> String {
    let mut out = String::with_capacity(3 * text.len());
    for byte in text.bytes() {
        match byte {
            b'-' | b'_' | b'.' => out.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => out.push(char::from(byte)),
            _ => write!(out, "%{byte:02X}").unwrap(),
        }
    }
    out
}
