//! The comparison on paper: what the page says, for the same figures, and nothing of the reader.

use std::io::Write as _;
use std::process::{Command, Stdio};

use axum::Extension;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use ground::Acting;
use ground::html::{Faults, dollars};
use ground::testing::{TestHouse, run};
use jiff::civil::date;
use tower::ServiceExt as _;

use super::answer::Answer;
use super::asked::{self, Asked};
use super::figures::Key;
use super::models::Model;
use super::says::{self, whole_dollars};
use super::views::{self, Made};

/// What came back for a form, byte by byte.
async fn sent(house: &TestHouse, form: &str) -> (StatusCode, HeaderMap, Vec<u8>) {
    let routes = (crate::ROOM.routes)().into_router().layer(Extension(Acting::Door));
    let app = ground::web::app(house.house.clone(), routes);
    let request = Request::post("/compare/pdf")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .unwrap();
    let (parts, body) = app.oneshot(request).await.unwrap().into_parts();
    let bytes = axum::body::to_bytes(body, 4_000_000).await.unwrap();
    (parts.status, parts.headers, bytes.to_vec())
}

/// A PDF as another program reads it, its lines joined.
#[allow(clippy::disallowed_methods, reason = "the test's own tool; `script/test` installs it")]
fn read(pdf: &[u8], way: &str) -> String {
    let mut tool = Command::new("pdftotext");
    let pipes = tool.args([way, "-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let child = pipes.spawn();
    let mut child = child.unwrap_or_else(|e| panic!("pdftotext: {e}; run script/test"));
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let answer = child.wait_with_output().unwrap();
    assert!(answer.status.success(), "it opens");
    let text = String::from_utf8(answer.stdout).unwrap();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn on_paper(answer: &Answer) -> Vec<u8> {
    let made = Made { on: date(2026, 11, 25), origin: "https://trellis.example", is_demo: false };
    views::printed(answer, &made).pdf().unwrap()
}

#[test]
fn the_paper_has_the_figures_of_the_page() {
    let asked = Asked::default().with(Key::Fee, 17_700).with_two(0, 5);
    let answer = Answer::to(asked).unwrap();
    let pdf = on_paper(&answer);
    let text = read(&pdf, "-raw");
    let page = views::page(Some(&answer), &asked::usual(), &Faults::none()).into_string();

    let mut figures: Vec<String> = vec![says::points(&answer)];
    for row in &answer.rows {
        figures.extend(row.hour().map(dollars));
        figures.extend([whole_dollars(row.kept()), says::count(row.hours())]);
        figures.extend([dollars(row.gains.you), says::above_water(row)]);
    }
    for it in answer.moves.iter().flat_map(|it| [it.low.1, it.high.1]) {
        figures.extend(it.map(dollars));
    }
    figures.extend(says::reading(&answer));
    figures.extend(says::from_high(&answer.believed, &answer));
    figures.extend(says::from_low(&answer.believed, &answer));
    figures.push(says::needed_for(&answer));
    figures.extend(answer.needed.iter().map(|it| says::needs(it, &answer)));
    for figure in figures {
        assert!(text.contains(&figure), "{figure}: {text}");
        assert!(page.contains(&figure), "{figure} on the page");
    }
    for says in ["$177", "Matters most", "November 25, 2026", "https://trellis.example/compare"] {
        assert!(text.contains(says), "{says}");
    }
    assert!(on_paper(&answer) == pdf, "the same figures, the same bytes");
}

#[test]
fn paper_is_made_of_any_answer() {
    let odd = [
        Asked::default().with(Key::Direct, 10_000),
        Asked::default().with(Key::Fit, 0).with(Key::Bring, 0),
        Asked::default().with(Key::Fee, 999_999).with(Key::Months, 12_000),
    ];
    for asked in odd {
        let answer = Answer::to(asked).unwrap();
        let text = read(&on_paper(&answer), "-raw");
        for row in &answer.rows {
            assert!(text.contains(row.model.name()), "{:?}", row.model);
        }
        assert_eq!(text.contains(Model::Network.name()), answer.row(Model::Network).is_some());
    }
}

#[test]
fn the_button_sends_the_figures_in_the_body_and_a_file_comes_back() {
    run(async |house| {
        let form = "fee=177&two=1&two=6&rate-1=2&name=Ada+Reyes";
        let (status, headers, pdf) = sent(&house, form).await;

        assert_eq!(status, StatusCode::OK);
        assert_eq!(headers[header::CONTENT_TYPE], "application/pdf");
        let name = "attachment; filename=\"comparison-of-models.pdf\"";
        assert_eq!(headers[header::CONTENT_DISPOSITION], name);
        assert_eq!(headers[header::CACHE_CONTROL], "no-store");
        assert!(pdf.starts_with(b"%PDF-"));
        let text = read(&pdf, "-raw");
        assert!(text.contains("$177") && text.contains("(2 of 5 today)"), "{text}");
        assert!(!text.contains("Ada"), "what was not asked is not there");

        let page = views::page(None, &asked::usual(), &Faults::none()).into_string();
        assert!(page.contains("formaction=\"/compare/pdf\""), "{page}");
    });
}

#[test]
fn bad_figures_come_back_as_the_page_and_not_as_paper() {
    run(async |house| {
        for form in ["fee=143.505", "fee=%23eval(1)", "calls=%E2%80%AE5", "two=1", "copay=120"] {
            let (status, headers, page) = sent(&house, form).await;

            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{form}");
            assert!(headers[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
            assert!(String::from_utf8(page).unwrap().contains("<title>Error: "), "{form}");
        }
    });
}
