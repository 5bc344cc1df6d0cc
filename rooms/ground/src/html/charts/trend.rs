//! A trend: a figure month by month, as lines that differ in their strokes, with the table below.

use maud::{Markup, Render, html};

use super::super::section::{Empty, disclosure};
use super::super::table::{Column, TableRow, table};
use super::Written;
use super::scale::{Place, Scale, short};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its values in order; none where nobody knows.
    pub values: Vec<Option<i64>>,
}

/// Lines over one row of months. The first is solid, the second dashed, the third dotted.
#[derive(Clone, Debug)]
pub struct Trend<'a> {
    /// What it shows, for those who listen.
    pub caption: &'a str,
    /// What it says, in a sentence that all read.
    pub says: &'a str,
    /// The months, or whatever runs along it.
    pub along: Vec<String>,
    /// What `along` is, as the table's head: "Month".
    pub of: &'a str,
    /// The lines, three at most.
    pub lines: Vec<Line<'a>>,
    /// How a value is written.
    pub written: Written,
    /// What will be here.
    pub empty: &'a str,
}

/// Strokes that can be told apart without color.
const STROKES: [&str; 3] = ["line-1", "line-2", "line-3"];

impl Render for Trend<'_> {
    fn render(&self) -> Markup {
        let known = self.lines.iter().flat_map(|it| it.values.iter().flatten().copied());
        let Some(scale) = Scale::of(known.chain([0])).filter(|_| self.is_known()) else {
            return Empty::new(self.empty).render();
        };
        html! {
            figure.trend {
                figcaption { (self.says) }
                @if 1 < self.lines.len() { (self.legend()) }
                svg.trend-drawn aria-hidden="true" focusable="false" {
                    @for tick in scale.ticks() { (grid(&scale, tick)) }
                    svg viewBox="0 0 10000 10000" preserveAspectRatio="none" {
                        @for (line, class) in self.lines.iter().zip(STROKES) {
                            @for run in runs(&line.values) { (self.run(&scale, class, &run)) }
                        }
                    }
                    @for tick in scale.ticks() {
                        text x="0%" y=(height(&scale, tick)) dy="-4" { (short(tick, self.written)) }
                    }
                }
                div.along aria-hidden="true" {
                    @for text in self.ends() { span { (text) } }
                }
                (disclosure("As a table", self.table()))
            }
        }
    }
}

impl Trend<'_> {
    fn is_known(&self) -> bool {
        self.lines.iter().any(|it| it.values.iter().any(Option::is_some))
    }

    fn legend(&self) -> Markup {
        html! {
            ul.legend {
                @for (line, class) in self.lines.iter().zip(STROKES) {
                    li {
                        svg.mark aria-hidden="true" focusable="false" {
                            line class=(class) x1="0%" x2="100%" y1="50%" y2="50%" {}
                        }
                        (line.name)
                    }
                }
            }
        }
    }

    /// Neighbors that are known: a line, or a dot where one stands alone.
    fn run(&self, scale: &Scale, class: &str, run: &[(usize, i64)]) -> Markup {
        let at = |&(i, value): &(usize, i64)| (self.along_place(i), height(scale, value).0);
        let points: Vec<String> = run.iter().map(at).map(|(x, y)| format!("{x},{y}")).collect();
        html! {
            @if points.len() == 1 {
                path class=(format!("{class} alone")) d={ "M" (points[0]) "h0" } {}
            } @else { polyline class=(class) points=(points.join(" ")) {} }
        }
    }

    fn along_place(&self, i: usize) -> i64 {
        let steps = self.along.len().saturating_sub(1).max(1);
        let share = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        share(i).saturating_mul(Place::WHOLE) / share(steps)
    }

    /// The first, the middle and the last of what runs along.
    fn ends(&self) -> Vec<&str> {
        let all = &self.along;
        let mut ends = vec![];
        ends.extend(all.first());
        if 2 < all.len() {
            ends.extend(all.get((all.len() - 1) / 2));
        }
        if 1 < all.len() {
            ends.extend(all.last());
        }
        ends.into_iter().map(String::as_str).collect()
    }

    fn table(&self) -> Markup {
        let mut columns = vec![Column::name(self.of)];
        columns.extend(self.lines.iter().map(|it| Column::number(it.name)));
        let row = |(i, name): (usize, &String)| {
            let mut cells = vec![html! { (name) }];
            cells.extend(self.lines.iter().map(
                |line| match line.values.get(i).copied().flatten() {
                    Some(value) => html! { ((self.written)(value)) },
                    None => html! { span.none { "not known" } },
                },
            ));
            TableRow::new(cells)
        };
        let rows: Vec<TableRow> = self.along.iter().enumerate().map(row).collect();
        table(self.caption, &columns, &rows, &Empty::new(self.empty))
    }
}

/// How far down a value stands.
fn height(scale: &Scale, value: i64) -> Place {
    Place(Place::WHOLE - scale.at(value).0)
}

fn grid(scale: &Scale, tick: i64) -> Markup {
    let (y, class) = (height(scale, tick), if tick == 0 { "axis" } else { "grid" });
    html! { line class=(class) x1="0%" x2="100%" y1=(y) y2=(y) {} }
}

/// Stretches without a gap, each value with its index.
fn runs(values: &[Option<i64>]) -> Vec<Vec<(usize, i64)>> {
    let mut runs: Vec<Vec<(usize, i64)>> = vec![];
    let mut is_open = false;
    for (i, value) in values.iter().enumerate() {
        match (value, runs.last_mut().filter(|_| is_open)) {
            (Some(value), Some(run)) => run.push((i, *value)),
            (Some(value), None) => runs.push(vec![(i, *value)]),
            (None, _) => {}
        }
        is_open = value.is_some();
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::super::super::money::dollars;
    use super::*;

    fn trend(values: Vec<Option<i64>>) -> String {
        let along = (1..=values.len()).map(|month| format!("Month {month}")).collect();
        Trend {
            caption: "Cash",
            says: "Above water from month 3.",
            along,
            of: "Month",
            lines: vec![Line { name: "Cash", values }],
            written: dollars,
            empty: "Months will be here.",
        }
        .render()
        .0
    }

    #[test]
    fn what_is_not_known_is_a_gap_and_a_word() {
        let html = trend(vec![Some(-100), Some(50), None, Some(300)]);

        assert_eq!(html.matches("<polyline").count(), 1, "{html}");
        assert!(html.contains("line-1 alone"), "one that stands alone is a dot: {html}");
        assert!(html.contains("not known") && html.contains("class=\"axis\""), "{html}");
    }

    #[test]
    fn nothing_known_says_what_will_be_here() {
        assert!(trend(vec![]).contains("Months will be here."));
        assert!(trend(vec![None, None]).contains("Months will be here."));
    }

    #[test]
    fn runs_end_at_gaps() {
        let values = [None, Some(1), Some(2), None, None, Some(3)];
        assert_eq!(runs(&values), [vec![(1, 1), (2, 2)], vec![(5, 3)]]);
    }
}
