//! A client's chart: what they have, what happened, and how a diagnosis is found.

use ground::frame;
use ground::html::{
    Act, Empty, Faults, Filled, Head, Heading, Link, Moment, Pick, Row, Typed, button, post, rows,
    section, timeline, when,
};
use ground::web::assets;
use jiff::civil::Date;
use maud::{Markup, html};

use crate::model::Diagnosed;
use crate::page::{Shown, at};
use crate::queries::Listed;
use crate::{note, words};

/// The whole page.
pub fn page(once: &str, shown: &Shown, typed: &Typed, faults: &Faults) -> Markup {
    let form = Filled::new(typed, faults);
    let path = at(shown.practice, shown.client);
    let list: Vec<Row> = shown.diagnoses.iter().map(|it| diagnosed(&path, it)).collect();
    let back = format!("/p/{}/clients/{}", shown.practice, shown.client);
    let main = html! {
        (form.summary())
        (Heading::new(&*shown.client_name)
            .back(Link::to(back, words::back_to(&shown.client_name)))
            .lead(html! { (words::CHART_WHY) }))
        (section(words::DIAGNOSES, None, rows(&list, &Empty::new(words::NO_DIAGNOSES))))
        (section(words::ADD_DIAGNOSIS, Some(html! { (codes::icd::RELEASE) }),
                 finding(once, &path, form)))
        @if let Some(found) = &shown.found {
            (section(words::FOUND, None, choosing(once, &path, found, typed, form)))
        }
        (section(words::HISTORY, None,
                 timeline(&history(shown), &Empty::new(words::NO_HISTORY))))
    };
    frame::page(&Head::new(assets(), words::CHART).faults(faults), main)
}

fn diagnosed(path: &str, it: &Diagnosed) -> Row {
    let row = Row::new(html! { (it.code) " " (it.title()) });
    match it.until {
        Some(until) => row
            .second(html! { (when::date_and_year(it.since)) " to " (when::date_and_year(until)) })
            .past(),
        None => row.second(html! { "since " (when::date_and_year(it.since)) }).act(Act::Send {
            to: format!("{path}/diagnoses/{}/ending", it.id),
            text: words::END_TODAY.into(),
            about: format!("{} {}", it.code, it.title()),
            once: it.id.to_string(),
        }),
    }
}

/// Search. It is sent, so that no address tells what was looked for.
fn finding(once: &str, path: &str, form: Filled<'_>) -> Markup {
    post(
        &format!("{path}/search"),
        once,
        html! {
            (form.field("find", words::FIND).hint(words::FIND_HINT).max(80))
            (button(words::SEARCH))
        },
    )
}

/// The choice among what was found.
fn choosing(
    once: &str,
    path: &str,
    found: &[&'static codes::Diagnosis],
    typed: &Typed,
    form: Filled<'_>,
) -> Markup {
    if found.is_empty() {
        return html! { p { (words::NOT_FOUND) } };
    }
    let picks: Vec<Pick> =
        found.iter().map(|it| Pick::new(it.code, it.title).hint(it.code)).collect();
    post(
        &format!("{path}/diagnoses"),
        once,
        html! {
            input type="hidden" name="find" value=(typed.one("find"));
            (form.radios("code", words::DIAGNOSIS, &picks))
            (form.date("since", words::SINCE).hint(words::SINCE_HINT))
            (button(words::ADD).filled())
        },
    )
}

/// Sessions with their notes, and diagnoses on their first and last days, newest first.
fn history(shown: &Shown) -> Vec<Moment> {
    let mut all: Vec<(Date, Moment)> =
        shown.sessions.iter().map(|it| (day(shown, it), met(shown, it))).collect();
    for it in &shown.diagnoses {
        all.push((it.since, moment(it.since, words::diagnosed(&it.code, it.title()))));
        if let Some(until) = it.until {
            all.push((until, moment(until, words::no_more(&it.code, it.title()))));
        }
    }
    all.sort_by_key(|(day, _)| std::cmp::Reverse(*day));
    all.into_iter().map(|(_, moment)| moment).collect()
}

fn day(shown: &Shown, it: &Listed) -> Date {
    it.began_at.to_zoned_datetime(shown.zone.clone()).date()
}

fn moment(on: Date, says: String) -> Moment {
    Moment { at: when::date_and_year(on), what: html! { (says) }, second: None, ahead: false }
}

fn met(shown: &Shown, it: &Listed) -> Moment {
    let began = it.began_at.to_zoned_datetime(shown.zone.clone());
    let state = match (it.is_open, it.signed_at) {
        (true, _) => words::OPEN_SESSION,
        (false, Some(_)) => words::NOTE_SIGNED,
        (false, None) => words::NOTE_NOT_SIGNED,
    };
    let title = words::session_of(&when::clock_text(began.time()));
    // What is signed is read by whoever treats; a draft is its author's alone.
    let what = match it.signed_at.is_some() || shown.to_sign.contains(&it.session) {
        true => html! { (Link::to(note::at(it.practice, it.session), title)) },
        false => html! { (title) },
    };
    Moment {
        at: when::date_and_year(began.date()),
        what,
        second: Some(html! { (state) }),
        ahead: false,
    }
}
