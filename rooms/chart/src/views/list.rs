//! One's own sessions and their notes.

use ground::frame;
use ground::html::{Act, Empty, Head, Heading, Link, Row, disclosure, rows, section, when};
use ground::web::assets;
use jiff::tz::TimeZone;
use maud::{Markup, html};

use crate::queries::Listed;
use crate::{note, words};

/// What is not signed first.
pub fn page(list: &[Listed], zone: &TimeZone) -> Markup {
    let (signed, unsigned): (Vec<&Listed>, Vec<&Listed>) =
        list.iter().partition(|it| it.signed_at.is_some());
    let draw = |list: &[&Listed]| list.iter().map(|it| row(it, zone)).collect::<Vec<_>>();
    let none = if list.is_empty() { words::NO_NOTES } else { words::ALL_SIGNED };
    let main = html! {
        (Heading::new(words::NOTES))
        (section(words::UNSIGNED, None, rows(&draw(&unsigned), &Empty::new(none))))
        @if !list.is_empty() { (section(words::SIGNED, None, by_month(&signed, zone))) }
    };
    frame::page(&Head::new(assets(), words::NOTES), main)
}

/// What was signed: the last month in sight, those before it folded by their names.
fn by_month(signed: &[&Listed], zone: &TimeZone) -> Markup {
    let month = |it: &Listed| it.began_at.to_zoned_datetime(zone.clone()).date().first_of_month();
    let months: Vec<&[&Listed]> = signed.chunk_by(|one, two| month(one) == month(two)).collect();
    let draw = |some: &[&Listed]| {
        let list: Vec<Row> = some.iter().map(|it| row(it, zone)).collect();
        rows(&list, &Empty::new(words::NONE_SIGNED))
    };
    html! {
        (draw(months.first().copied().unwrap_or_default()))
        @for some in months.iter().skip(1) {
            @if let Some(first) = some.first() {
                (disclosure(&words::month(month(first), some.len()), draw(some)))
            }
        }
    }
}

/// A session, and what can be done about its note.
pub fn row(it: &Listed, zone: &TimeZone) -> Row {
    let began = it.began_at.to_zoned_datetime(zone.clone());
    let verb = match (it.signed_at, it.saved_at) {
        (Some(_), _) => words::READ,
        (None, Some(_)) => words::GO_ON,
        (None, None) => words::WRITE,
    };
    let state = match (it.is_open, it.signed_at, it.saved_at) {
        (true, ..) => html! { ", " (words::OPEN_SESSION) },
        (false, None, Some(_)) => html! { ", " (words::DRAFT) },
        (false, Some(at), _) => {
            html! { ", signed " (when::moment(&at.to_zoned_datetime(zone.clone()))) }
        }
        (false, None, None) => html! {},
    };
    let about = format!("note for {}, {}", it.client_name, began.date());
    Row::new(html! { (it.client_name) })
        .second(html! { (when::moment(&began)) (state) })
        .act(Act::Go(Link::to(note::at(it.practice, it.session), verb).about(about)))
}
