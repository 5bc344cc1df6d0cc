//! What no browser sends, and what another site would have one send.

use axum::http::Method;
use ground::testing::{TestHouse, run};
use ground::web::Routes;

use super::ask::{Somebody, encoded};
use super::kept;
use super::scene::{app, set};

/// One request, and the status that it gets.
struct Case {
    method: &'static str,
    path: String,
    headers: &'static [(&'static str, &'static str)],
    body: String,
    status: u16,
}

fn asks(method: &'static str, path: impl Into<String>, status: u16) -> Case {
    Case { method, path: path.into(), headers: &[], body: String::new(), status }
}

impl Case {
    fn with(
        self,
        headers: &'static [(&'static str, &'static str)],
        body: impl Into<String>,
    ) -> Self {
        Self { headers, body: body.into(), ..self }
    }
}

fn cases(elm: &str) -> Vec<Case> {
    let people = format!("/p/{elm}/people");
    let invite = format!("/p/{elm}/people/invitations");
    let whole =
        encoded(&[("name", "Mallory"), ("address", "mallory@evil.example"), ("role", "owner")]);
    let many: Vec<(String, &str)> = (0..20_000).map(|at| (format!("f{at}"), "1")).collect();
    vec![
        asks("HEAD", &people, 200),
        asks("OPTIONS", &people, 404),
        asks("PUT", &people, 404),
        asks("DELETE", &people, 404),
        asks("TRACE", &people, 404),
        asks("POST", &people, 404),
        asks("GET", format!("{people}/"), 404),
        asks("GET", format!("//p/{elm}/people"), 404),
        asks("GET", format!("/p/{elm}%2Fpeople"), 404),
        asks("GET", format!("/p/{elm}/%2e%2e/people"), 404),
        asks("GET", "/p/not-an-id/people", 400),
        asks("GET", "/p/%ff%00/people", 400),
        asks("GET", format!("/p/{elm}/people?{}", "a=b&".repeat(4_000)), 200),
        asks("GET", "/a".repeat(8_000), 404),
        // Another site has the browser of somebody who is signed in send a form.
        asks("POST", &invite, 403).with(&[("sec-fetch-site", "cross-site")], &whole),
        asks("POST", &invite, 403).with(&[("sec-fetch-site", "same-site")], &whole),
        asks("POST", &invite, 403)
            .with(&[("origin", "https://evil.example"), ("host", "localhost")], &whole),
        asks("POST", &invite, 415).with(&[("content-type", "text/plain")], &whole),
        asks("POST", &invite, 415).with(&[("content-type", "application/json")], "{}"),
        asks("POST", &invite, 413).with(&[], "a".repeat(300_000)),
        asks("POST", &invite, 422).with(&[], encoded(&many)),
        asks("POST", &invite, 422).with(&[], "name=%ff%fe&role=%00&%%%&=&&address"),
        asks("GET", "/today", 303)
            .with(&[("x-forwarded-for", "unknown, 1.2.3.4.5, ::1]:99"), ("x-real-ip", "\"")], ""),
        asks("GET", "/today", 303).with(&[("accept-language", "é"), ("range", "bytes=0-")], ""),
    ]
}

#[test]
fn what_no_browser_sends_is_no_page_and_what_another_site_sends_does_nothing() {
    run(async |house: TestHouse| {
        let app = app(&house.house, Routes::new());
        let scene = set(house.clone(), app).await;
        let elm = scene.cast.elm.to_string();
        let before = kept::digests(&house).await;

        for case in cases(&elm) {
            let Case { method, path, headers, body, status } = case;
            let kind = Method::from_bytes(method.as_bytes()).unwrap();
            let answer = scene.ada.send(kind, &path, headers, body).await;
            let path: String = path.chars().take(80).collect();
            assert_eq!(answer.status.as_u16(), status, "{method} {path} {headers:?}");
            assert!(method != "HEAD" || answer.page.is_empty(), "{method} {path}");
        }
        // A cookie that was tampered with is nobody's.
        for cookie in ["trellis=", "trellis=0", "trellis=é", "other=1; trellis=zz"] {
            let nobody = Somebody::with(&scene.app, Some(cookie.to_owned()));
            let answer = nobody.get(&format!("/p/{elm}/people")).await;
            assert_eq!(answer.status.as_u16(), 404, "{cookie}");
        }

        let after = kept::digests(&house).await;
        assert_eq!(kept::changed(&before, &after), Vec::<String>::new());
    });
}
