//! Bands: a dot for the middle, a bar for half of all lives, a line for nine of ten.

use maud::{Markup, html};

use super::super::bars::Ink;
use super::super::section::Empty;
use super::super::table::{Column, TableRow, table};
use super::Written;
use super::scale::{Place, Scale, short};

/// Nearer to an end than this, a label leans inward.
const LEANS: i64 = 900;

/// One figure over many lives, least first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// One life in twenty has less.
    pub p05: i64,
    /// A quarter has less.
    pub p25: i64,
    /// Half has less.
    pub p50: i64,
    /// A quarter has more.
    pub p75: i64,
    /// One in twenty has more.
    pub p95: i64,
}

/// The scale on which bands of one table stand.
#[derive(Clone, Debug)]
pub struct BandScale {
    scale: Option<Scale>,
    written: Written,
}

impl BandScale {
    /// A scale that holds all of `spreads`.
    pub fn of<'a>(spreads: impl IntoIterator<Item = &'a Spread>, written: Written) -> Self {
        let ends = spreads.into_iter().flat_map(|it| [it.p05, it.p95]);
        Self { scale: Scale::of(ends), written }
    }

    /// The scale in words and lines, for the head of the column. Each row says its own numbers, so
    /// it is not read.
    pub fn axis(&self) -> Markup {
        let Some(scale) = &self.scale else { return html! {} };
        let ticks = scale.ticks();
        html! {
            svg.band-axis aria-hidden="true" focusable="false" {
                @for tick in &ticks {
                    @let at = scale.at(*tick);
                    text x=(at) y="60%" text-anchor=(anchor(at)) { (short(*tick, self.written)) }
                    line x1=(at) x2=(at) y1="80%" y2="100%" {}
                }
            }
        }
    }

    /// One band, with the middle written above its dot.
    pub fn draw(&self, spread: &Spread, ink: Ink) -> Markup {
        let Some(scale) = &self.scale else { return html! {} };
        let at = |value| scale.at(value);
        let middle = at(spread.p50);
        let class = if ink == Ink::Yours { "band yours" } else { "band" };
        html! {
            svg class=(class) aria-hidden="true" focusable="false" {
                @for tick in scale.ticks() {
                    line.grid x1=(at(tick)) x2=(at(tick)) y1="0%" y2="100%" {}
                }
                line.most x1=(at(spread.p05)) x2=(at(spread.p95)) y1="62%" y2="62%" {}
                line.half x1=(at(spread.p25)) x2=(at(spread.p75)) y1="62%" y2="62%" {}
                circle.middle cx=(middle) cy="62%" r="5.5" {}
                text x=(middle) y="62%" dy="-11" text-anchor=(anchor(middle)) {
                    ((self.written)(spread.p50))
                }
            }
        }
    }
}

fn anchor(at: Place) -> &'static str {
    match at.0 {
        at if at < LEANS => "start",
        at if Place::WHOLE - LEANS < at => "end",
        _ => "middle",
    }
}

/// What dot, bar and line stand for.
pub fn band_legend(lives: usize) -> Markup {
    html! {
        ul.legend {
            li { "Dot: the middle of " (lives) " runs" }
            li { "Bar: half of them" }
            li { "Line: nine of ten" }
        }
    }
}

/// A name with its band.
#[derive(Clone, Debug)]
pub struct Band<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its band; where none is known, why.
    pub spread: Result<Spread, &'a str>,
    /// Its ink.
    pub ink: Ink,
}

/// Bands under one another on one scale, each with its numbers.
pub fn bands(
    caption: &str,
    head: &str,
    written: Written,
    list: &[Band<'_>],
    empty: &Empty,
) -> Markup {
    let scale = BandScale::of(list.iter().filter_map(|it| it.spread.as_ref().ok()), written);
    let columns = [
        Column::name("Which"),
        Column::drawn("Drawn", scale.axis()),
        Column::leading(head),
        Column::number("Nine of ten"),
    ];
    let row = |it: &Band<'_>| {
        let name = html! { (it.name) };
        TableRow::new(match &it.spread {
            Ok(spread) => vec![
                name,
                scale.draw(spread, it.ink),
                html! { (written(spread.p50)) },
                html! { (written(spread.p05)) " to " (written(spread.p95)) },
            ],
            Err(why) => vec![name, html! {}, html! { span.none { (why) } }, html! {}],
        })
    };
    let rows: Vec<TableRow> = list.iter().map(row).collect();
    table(caption, &columns, &rows, empty)
}

#[cfg(test)]
mod tests {
    use super::super::super::money::dollars;
    use super::*;

    const WIDE: Spread = Spread { p05: 2_000, p25: 3_000, p50: 4_712, p75: 5_000, p95: 7_000 };

    #[test]
    fn a_band_says_its_middle_and_its_ends_in_the_row() {
        let list = [
            Band { name: "Solo", spread: Ok(WIDE), ink: Ink::Plain },
            Band { name: "Network", spread: Err("not published"), ink: Ink::Plain },
        ];

        let html = bands("An hour", "Middle", dollars, &list, &Empty::new("None yet.")).0;

        for says in ["$47.12", "$20.00 to $70.00", "not published", "data-label=\"Nine of ten\""] {
            assert!(html.contains(says), "{says}: {html}");
        }
        assert!(html.contains("<circle class=\"middle\" cx=\"54.24%\""), "{html}");
    }

    #[test]
    fn labels_at_the_ends_lean_inward() {
        assert_eq!(anchor(Place(0)), "start");
        assert_eq!(anchor(Place(5_000)), "middle");
        assert_eq!(anchor(Place(10_000)), "end");
    }
}
