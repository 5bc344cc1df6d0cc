//! Style sheet and scripts, named by their content, so that a browser may keep them for ever.

use std::sync::OnceLock;

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use sha2::{Digest, Sha256};

use super::error::Error;
use crate::html::assets::{FAVICON, SCRIPTS, sheet};
use crate::html::{Assets, Theme, design};

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

struct Files {
    links: Assets,
    files: Vec<(String, &'static str, String)>,
}

/// The files with their names: worked out once, from what the program carries.
fn files() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(|| {
        let css = sheet();
        let css_name = named("look", "css", &css);
        let mut files = vec![(css_name.clone(), CSS, css)];
        let mut js = Vec::new();
        for (name, text) in SCRIPTS {
            let stem = name.trim_end_matches(".js");
            let name = named(stem, "js", text);
            js.push(format!("/assets/{name}"));
            files.push((name, JS, (*text).to_owned()));
        }
        Files { links: Assets { css: format!("/assets/{css_name}"), js }, files }
    })
}

fn named(stem: &str, extension: &str, text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    let hash: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{stem}.{hash}.{extension}")
}

/// Where pages find their style sheet and scripts.
pub fn assets() -> &'static Assets {
    &files().links
}

pub(super) async fn serve(Path(name): Path<String>) -> Result<Response, Error> {
    let found = files().files.iter().find(|(known, _, _)| *known == name);
    let (_, kind, text) = found.ok_or(Error::NotFound)?;
    let headers = [(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, FOR_EVER)];
    Ok((headers, text.as_str()).into_response())
}

pub(super) async fn favicon() -> Response {
    let headers = [(header::CONTENT_TYPE, SVG), (header::CACHE_CONTROL, "public, max-age=86400")];
    (headers, FAVICON).into_response()
}

pub(super) async fn design() -> Markup {
    design::page(assets(), Theme::System)
}
