//! The table of models: what an hour is worth, what is kept, for how many hours, and who gains by
//! one session more. Every mark has its numbers in the same row.

use ground::html::charts::{BandScale, Spread, band_legend};
use ground::html::{Column, Empty, Ink, Link, TableRow, dollars, section, table};
use maud::{Markup, html};

use super::super::answer::{Answer, RUNS, Row, rounded};
use super::super::figures::{self, Key};
use super::super::models::Model;
use super::super::protects::{MATTERS, protects};
use super::super::says::{self, count, whole_dollars};
use super::super::words;

/// The figures that matter most, in a line, and the way to change them.
pub(super) fn strip(answer: &Answer) -> Markup {
    let asked = &answer.asked;
    let read = |key: Key| figures::of(key).read(asked.get(key));
    html! {
        ul.strip {
            li { b { (read(Key::Calls)) } " calls a week" }
            li { b { (read(Key::Open)) } " session hours open" }
            li { b { (read(Key::Weeks)) } " weeks a year" }
            li { "fee " b { (read(Key::Fee)) } }
            @if asked.is_direct() { li { "everybody pays directly" } } @else {
                li { "a plan allows " b { (read(Key::Allowed)) } }
                li { b { (read(Key::Direct)) } " pay directly" }
            }
            li { "a note takes " b { (read(Key::Note)) } " min" }
            li.no-print { (Link::to("#your-figures", words::CHANGE)) }
        }
    }
}

pub(super) fn spread(row: &Row) -> Option<Spread> {
    let band = &row.bands.effective_hour_cents;
    let at = |value: Option<f64>| value.map(rounded);
    Some(Spread {
        p05: at(band.p05)?,
        p25: at(band.p25)?,
        p50: at(band.p50)?,
        p75: at(band.p75)?,
        p95: at(band.p95)?,
    })
}

/// All models, the highest hour first.
pub(super) fn models(answer: &Answer) -> Markup {
    let spreads: Vec<Spread> = answer.rows.iter().filter_map(spread).collect();
    let scale = BandScale::of(&spreads, dollars);
    let months = answer.asked.whole(Key::Months);
    let kept = format!("You keep, {months} months");
    let columns = [
        Column::name(words::SORTED),
        Column::drawn("What an hour is worth", scale.axis()),
        Column::leading(&kept),
        Column::number("Hours you work"),
        Column::number("Of what is collected"),
        Column::number("Above water from"),
        Column::number("One session more: you"),
        Column::number("and they"),
    ];
    let rows: Vec<TableRow> = answer.rows.iter().map(|row| cells(row, answer, &scale)).collect();
    let body = html! {
        div.models { (table(words::MODELS, &columns, &rows, &Empty::new(""))) }
        (band_legend(RUNS))
        p.note { (words::KEPT_IS) }
    };
    html! { div.models-of { (body) } }
}

fn cells(row: &Row, answer: &Answer, scale: &BandScale) -> TableRow {
    let ink = if row.model.is_ours() { Ink::Yours } else { Ink::Plain };
    let kept = &row.bands.kept_cents;
    let end = |value: Option<f64>| whole_dollars(rounded(value.unwrap_or_default()));
    TableRow::new(vec![
        html! {
            (row.model.name())
            span.second { (says::in_short(row.model, answer)) }
        },
        html! {
            @if let Some(spread) = spread(row) {
                (scale.draw(&spread, ink))
                span.spread {
                    (dollars(spread.p50)) " an hour, "
                    (dollars(spread.p05)) " to " (dollars(spread.p95))
                }
            } @else { span.none { (words::NOT_YET) } }
        },
        html! {
            (whole_dollars(row.kept()))
            span.second { (end(kept.p05)) " to " (end(kept.p95)) }
        },
        html! { (count(row.hours())) },
        html! {
            @match says::of_collected(row) {
                Ok(share) => (share),
                Err(why) => span.none { (why) },
            }
        },
        html! { (says::above_water(row)) },
        html! { (dollars(row.gains.you)) },
        html! {
            @match row.gains.they {
                Some(cents) => (dollars(cents)),
                None => span.none { "not published" },
            }
            span.second { (row.model.other_side()) }
        },
    ])
}

/// How far each model protects the two, and who gains if more clients are seen, or fewer.
pub(super) fn two(answer: &Answer) -> Markup {
    let two = answer.asked.two;
    let mut columns = vec![Column::name("In")];
    let chosen: Vec<usize> = two.map(|(one, other)| vec![one, other]).unwrap_or_default();
    columns.extend(chosen.iter().map(|at| Column::words(MATTERS[*at].1)));
    columns.push(Column::words("If you see more clients, or fewer"));
    let row = |row: &Row| {
        let mut cells = vec![html! { (row.model.name()) }];
        cells.extend(chosen.iter().map(|at| far(row.model, *at)));
        cells.push(html! { (row.model.incentive()) });
        TableRow::new(cells)
    };
    let rows: Vec<TableRow> = answer.rows.iter().map(row).collect();
    let body = html! {
        p.note { (words::TWO_WHY) }
        @if two.is_none() { p { (words::NO_TWO) " " (Link::to("#matters", words::CHOOSE_TWO)) } }
        div.protects { (table(words::TWO, &columns, &rows, &Empty::new(""))) }
        (super::read_on())
    };
    section(words::TWO, None, body)
}

/// A shape, a word, and why.
pub(super) fn far(model: Model, at: usize) -> Markup {
    let (far, why) = protects(model, at);
    let (shape, word) = far.read();
    html! {
        span.far { span aria-hidden="true" { (shape) } " " b { (word) } }
        span.second { (why) }
    }
}
