//! A tornado: what moves a figure most, widest first, each input at its low and at its high.

use maud::{Markup, html};

use super::super::section::Empty;
use super::super::table::{Column, TableRow, table};
use super::Written;
use super::scale::{Place, Scale};
use super::waterfall::mark;

/// One end of a swing: the input there, and the figure that it makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End<'a> {
    /// The input as one reads it: "6 min".
    pub input: &'a str,
    /// The figure; none where it has none.
    pub figure: Option<i64>,
}

/// How far one input moves a figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swing<'a> {
    /// The input.
    pub name: &'a str,
    /// At its low.
    pub low: End<'a>,
    /// At its high.
    pub high: End<'a>,
}

/// Swings around `base`, in the order given.
pub fn tornado(
    caption: &str,
    base: i64,
    written: Written,
    list: &[Swing<'_>],
    empty: &Empty,
) -> Markup {
    let figures = list.iter().flat_map(|it| [it.low.figure, it.high.figure]).flatten();
    let scale = Scale::of(figures.chain([base])).expect("the base is always there");
    let columns = [
        Column::name("What"),
        Column::number("At its low"),
        Column::drawn("Drawn", html! {}),
        Column::number("At its high"),
    ];
    let row = |it: &Swing<'_>| {
        TableRow::new(vec![
            html! { (it.name) },
            end(&it.low, written),
            drawn(&scale, base, it),
            end(&it.high, written),
        ])
    };
    let rows: Vec<TableRow> = list.iter().map(row).collect();
    html! {
        div.tornado { (table(caption, &columns, &rows, empty)) }
        @if !list.is_empty() {
            ul.legend {
                li { "Line: " (written(base)) ", as it is" }
                li { (mark("more")) "At its low" }
                li { (mark("whole")) "At its high" }
            }
        }
    }
}

fn end(it: &End<'_>, written: Written) -> Markup {
    html! {
        @match it.figure {
            Some(figure) => (written(figure)),
            None => span.none { "not known" },
        }
        span.second { (it.input) }
    }
}

/// Two bars, one over the other: both may lie on one side.
fn drawn(scale: &Scale, base: i64, swing: &Swing<'_>) -> Markup {
    let at = scale.at(base);
    let bar = |figure: Option<i64>, class: &str, y: &str| {
        let Some(figure) = figure else { return html! {} };
        let end = scale.at(figure);
        let width = Place((end.0 - at.0).abs());
        html! { rect class=(class) x=(at.min(end)) width=(width) y=(y) height="28%" {} }
    };
    html! {
        svg.swing aria-hidden="true" focusable="false" {
            (bar(swing.low.figure, "more", "18%"))
            (bar(swing.high.figure, "whole", "54%"))
            line.base x1=(at) x2=(at) y1="0%" y2="100%" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::money::dollars;
    use super::*;

    #[test]
    fn each_end_says_its_input_and_what_that_makes() {
        let list = [Swing {
            name: "Minutes for a note",
            low: End { input: "6 min", figure: Some(5_820) },
            high: End { input: "20 min", figure: None },
        }];

        let html = tornado("An hour", 5_000, dollars, &list, &Empty::new("Nothing.")).0;

        for says in ["$58.20", "6 min", "20 min", "not known", "$50.00, as it is"] {
            assert!(html.contains(says), "{says}: {html}");
        }
        assert_eq!(html.matches("<rect").count(), 3, "one bar, two of the legend: {html}");
    }
}
