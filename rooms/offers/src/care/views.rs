//! The clients of a practice and one client's page: values to HTML.

use ground::frame;
use ground::html::{
    Button, Column, Empty, Head, Heading, Link, TableRow, Tone, Word, button, columns, facts,
    notice, post, section, table, when,
};
use ground::web::assets;
use ids::PracticeId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use super::model::{Listed, Part, Whose};
use super::routes::{Sheet, path};
use crate::words;

fn day(at: Timestamp, zone: &TimeZone) -> Markup {
    when::date_and_year(at.to_zoned_datetime(zone.clone()).date())
}

/// Everybody whom the one who looks may see: in care first.
pub(crate) fn clients(
    practice: PracticeId,
    whose: Whose,
    list: &[Listed],
    zone: &TimeZone,
) -> Markup {
    let (in_care, others): (Vec<&Listed>, Vec<&Listed>) =
        list.iter().partition(|it| it.is_in_care());
    let lead = match whose {
        Whose::All => words::CLIENTS_ALL,
        Whose::Of(_) => words::CLIENTS_OWN,
    };
    let main = html! {
        (Heading::new(words::CLIENTS).lead(html! { (lead) }))
        (section(words::IN_CARE, None, list_of(practice, words::IN_CARE, &in_care, zone)))
        @if !others.is_empty() {
            (section(words::NOT_IN_CARE, None,
                list_of(practice, words::NOT_IN_CARE, &others, zone)))
        }
    };
    frame::page(&Head::new(assets(), words::CLIENTS), main)
}

fn list_of(practice: PracticeId, caption: &str, list: &[&Listed], zone: &TimeZone) -> Markup {
    let columns = [
        Column::name(words::CLIENT),
        Column::words(words::WITH),
        Column::words(words::CARE),
        Column::number(words::NUMBER),
    ];
    let rows: Vec<TableRow> = list.iter().map(|it| row(practice, it, zone)).collect();
    table(caption, &columns, &rows, &Empty::new(words::NO_CLIENTS))
}

fn row(practice: PracticeId, it: &Listed, zone: &TimeZone) -> TableRow {
    let care = match it.care {
        Some((began, None)) => html! { "since " (day(began, zone)) },
        Some((_, Some(ended))) => html! { "until " (day(ended, zone)) },
        None => html! { (words::NOT_BEGUN) },
    };
    let with = if it.with.is_empty() { words::NOBODY } else { &it.with };
    TableRow::new(vec![
        html! { (Link::to(path(practice, it.client), &it.name)) },
        html! { (with) },
        care,
        html! { (it.number) },
    ])
}

/// One client: what is known, who treats them, and what else the house holds of them.
///
/// A later room hangs its page on this one by a link in [`links`].
pub(crate) fn client(sheet: &Sheet) -> Markup {
    let known = &sheet.known;
    let at = path(sheet.practice, known.client);
    let state = match (&sheet.care, sheet.parts.is_empty()) {
        (Some(_), _) => Word::Ok(words::IN_CARE.into()),
        (None, false) => Word::Plain(words::DISCHARGED.into()),
        (None, true) => Word::Plain(words::NOT_BEGUN.into()),
    };
    let text = |value: &Option<String>| value.as_ref().map(|it| html! { (it) });
    let list = [
        (words::EMAIL, text(&known.address)),
        (words::PHONE, text(&known.phone)),
        (words::BORN, known.born_on.map(when::date_and_year)),
        (words::STATE, Some(html! { (known.state) })),
        (words::SINCE, Some(day(known.since, &sheet.zone))),
    ];
    let number = html! { (words::NUMBER) " " (known.number) ", " (state) };
    let links = links(sheet);
    let main = html! {
        (Heading::new(&known.name).lead(number)
            .back(Link::to(format!("/p/{}/clients", sheet.practice), words::ALL_CLIENTS)))
        (columns(
            html! {
                (section(words::CARE, None, html! {
                    (parts(sheet))
                    @if !links.is_empty() {
                        ul.rows { @for link in &links { li { div.what { (link) } } } }
                    }
                }))
                @if sheet.may_discharge {
                    div.acts { (Button::go(Link::to(format!("{at}/discharge"), words::DISCHARGE))) }
                }
            },
            section(words::FACTS, None, facts(&list, words::NOT_KNOWN)),
        ))
    };
    frame::page(&Head::new(assets(), words::CLIENT), main)
}

/// What later rooms hold of a client, by the paths that their contracts fix. A room adds its line
/// here when its page is there; whoever may not open it is told so by the page itself.
fn links(sheet: &Sheet) -> Vec<Link> {
    let at = path(sheet.practice, sheet.known.client);
    let in_care = sheet.care.is_some();
    // Whoever may end care here treats here, and opens the chart.
    let chart = sheet.may_discharge.then(|| Link::to(format!("{at}/chart"), words::CHART));
    let book = in_care.then(|| Link::to(format!("{at}/booking"), words::BOOK));
    let forms = in_care.then(|| Link::to(format!("{at}/forms"), words::FORMS));
    chart.into_iter().chain(book).chain(forms).collect()
}

fn parts(sheet: &Sheet) -> Markup {
    let line = |part: &Part| {
        let since = day(part.since, &sheet.zone);
        let name = format!("{}, {}", part.name, part.credential);
        let span = match part.until {
            None => html! { "since " (since) },
            Some(until) => html! { (since) " to " (day(until, &sheet.zone)) },
        };
        (name, Some(span))
    };
    let lines: Vec<(String, Option<Markup>)> = sheet.parts.iter().map(line).collect();
    let list: Vec<(&str, Option<Markup>)> =
        lines.iter().map(|(name, span)| (name.as_str(), span.clone())).collect();
    html! {
        @if list.is_empty() { (Empty::new(words::NOBODY_TREATS)) }
        @else { (facts(&list, words::NOT_KNOWN)) }
    }
}

/// The question before a clinician's part ends.
pub(crate) fn discharge(once: &str, sheet: &Sheet) -> Markup {
    let at = path(sheet.practice, sheet.known.client);
    let is_last = sheet.care.as_ref().is_some_and(|care| care.treated_by.len() <= 1);
    let says = if is_last { words::DISCHARGE_LAST } else { words::DISCHARGE_PART };
    let main = html! {
        (Heading::new(words::discharge_title(&sheet.known.name)).back(Link::to(&at, words::back_to(&sheet.known.name))))
        (notice(Tone::Plain, words::DISCHARGE_MEANS, html! { p { (says) } }, None))
        (post(&format!("{at}/discharge"), once, html! {
            div.acts {
                (button(words::DISCHARGE).danger())
                (Button::go(Link::to(&at, words::KEEP)).quiet())
            }
        }))
    };
    frame::page(&Head::new(assets(), words::DISCHARGE), main)
}
