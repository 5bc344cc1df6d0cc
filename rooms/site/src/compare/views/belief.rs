//! What is believed about splits, from both sides; money month by month; what moves the hour.

use ground::html::charts::{End, Line, Swing, Trend, tornado};
use ground::html::{Empty, dollars, section};
use maud::{Markup, html};

use super::super::answer::{Answer, Moves, Row, rounded};
use super::super::figures::{self, Key};
use super::super::models::Model;
use super::super::says::{self, whole_dollars};
use super::super::words;

/// The belief, with her own numbers.
pub(super) fn both_sides(answer: &Answer) -> Markup {
    let side = |name: &str, all: Vec<String>| {
        html! { div.flow { h3 { (name) } @for one in all { p { (one) } } } }
    };
    let body = html! {
        div.columns.halves {
            (side(words::FROM_HIGH, says::from_high(&answer.believed, answer)))
            (side(words::FROM_LOW, says::from_low(&answer.believed, answer)))
        }
    };
    section(words::BELIEF, None, body)
}

/// Cash of the first, of ours, and of the next: what one has to bring, and when it is back.
pub(super) fn months(answer: &Answer) -> Markup {
    let rows = months_shown(answer);
    let lines =
        rows.iter().map(|row| Line { name: row.model.name(), values: in_hand(row) }).collect();
    let says: Vec<String> = rows.iter().map(|row| runway(row)).collect();
    let along = (1..=answer.asked.whole(Key::Months)).map(|it| format!("Month {it}")).collect();
    let trend = Trend {
        caption: words::MONTHS,
        says: &says.join(" "),
        along,
        of: "Month",
        lines,
        written: whole_dollars,
        empty: words::NO_COURSE,
    };
    section(words::MONTHS, None, html! { (trend) })
}

/// Whose months are drawn: three at most.
pub(super) fn months_shown(answer: &Answer) -> Vec<&Row> {
    let others = [Model::Ours, Model::Solo, Model::Job];
    let others = others.iter().filter_map(|it| answer.row(*it));
    let mut rows: Vec<&Row> = vec![];
    for row in std::iter::once(answer.first()).chain(others) {
        if rows.iter().all(|it| it.model != row.model) && rows.len() < 3 {
            rows.push(row);
        }
    }
    rows
}

pub(super) fn in_hand(row: &Row) -> Vec<Option<i64>> {
    let mut sum = 0.0;
    let month = |cash: &f64| {
        sum += cash;
        Some(rounded(sum))
    };
    row.course.monthly.cash_cents.iter().map(month).collect()
}

pub(super) fn runway(row: &Row) -> String {
    let need = rounded(row.course.peak_cash_need_cents);
    let name = row.model.name();
    match (need, row.course.break_even_month) {
        (0, _) => format!("{name}: never below what you start with."),
        (_, Some(_)) => format!(
            "{name}: bring {}; above water from {}.",
            whole_dollars(need),
            says::above_water(row)
        ),
        (_, None) => {
            format!("{name}: bring {}; not above water in this time.", whole_dollars(need))
        }
    }
}

/// What moves the hour of the first most.
pub(super) fn moves(answer: &Answer) -> Markup {
    let first = answer.first();
    let base = first.course.effective_hour_cents.map(rounded);
    let read = |it: &Moves| [it.low.0, it.high.0].map(|value| figures::of(it.key).read(value));
    let inputs: Vec<[String; 2]> = answer.moves.iter().map(read).collect();
    let mut swings = vec![];
    for (it, [low, high]) in answer.moves.iter().zip(&inputs) {
        swings.push(Swing {
            name: figures::of(it.key).label.trim_end_matches(", %"),
            low: End { input: low, figure: it.low.1 },
            high: End { input: high, figure: it.high.1 },
        });
    }
    let empty = Empty::new(words::NO_COURSE);
    let body = match base {
        Some(base) => html! {
            p.note { (words::MOVES_WHY) }
            (tornado(words::MOVES, base, dollars, &swings, &empty))
        },
        None => html! { (empty) },
    };
    section(words::MOVES, Some(html! { (first.model.name()) }), body)
}
