//! A waterfall: from one figure to another, each step with its cause. The table is the chart.

use maud::{Markup, html};

use super::super::section::Empty;
use super::Written;
use super::scale::{Place, Scale};

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    name: &'a str,
    is: Is<'a>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Is<'a> {
    Whole(i64),
    Change(i64),
    Sum,
    Unknown(&'a str),
}

impl<'a> Step<'a> {
    /// A figure to begin with.
    pub fn whole(name: &'a str, value: i64) -> Self {
        Self { name, is: Is::Whole(value) }
    }

    /// What is added, or taken away.
    pub fn change(name: &'a str, by: i64) -> Self {
        Self { name, is: Is::Change(by) }
    }

    /// What is there by now. It is worked out, so it cannot disagree with the rows above it.
    pub fn sum(name: &'a str) -> Self {
        Self { name, is: Is::Sum }
    }

    /// A step that nobody knows, and why.
    pub fn unknown(name: &'a str, why: &'a str) -> Self {
        Self { name, is: Is::Unknown(why) }
    }
}

/// A row with its place: from where to where, and the levels it is joined at.
struct Drawn<'a> {
    step: &'a Step<'a>,
    from: i64,
    to: i64,
    before: Option<i64>,
}

impl Drawn<'_> {
    /// Whether the row only hands on its level.
    fn is_still(&self) -> bool {
        matches!(self.step.is, Is::Change(0) | Is::Unknown(_))
    }
}

/// The steps under one another on one scale. `caption` and `head` are read, not shown.
pub fn waterfall(
    caption: &str,
    head: &str,
    written: Written,
    steps: &[Step<'_>],
    empty: &Empty,
) -> Markup {
    let rows = placed(steps);
    let ends = rows.iter().flat_map(|it| [it.from, it.to]).chain([0]);
    let scale = Scale::of(ends).expect("zero is always there");
    html! {
        @if steps.is_empty() { (empty) }
        @else {
            table.chart.waterfall {
                caption { span.vh { (caption) } }
                thead.vh {
                    tr {
                        th scope="col" { "Step" }
                        th scope="col" { "Drawn" }
                        th scope="col" { (head) }
                    }
                }
                tbody {
                    @for (at, row) in rows.iter().enumerate() {
                        (drawn_row(&scale, row, at + 1 == rows.len(), written))
                    }
                }
            }
            (legend(steps))
        }
    }
}

fn placed<'a>(steps: &'a [Step<'a>]) -> Vec<Drawn<'a>> {
    let mut level = 0_i64;
    let mut before = None;
    let mut rows = Vec::with_capacity(steps.len());
    for step in steps {
        let (from, to) = match step.is {
            Is::Whole(value) => (0, value),
            Is::Change(by) => (level, level.saturating_add(by)),
            Is::Sum => (0, level),
            Is::Unknown(_) => (level, level),
        };
        level = to;
        rows.push(Drawn { step, from, to, before });
        before = Some(level);
    }
    rows
}

fn drawn_row(scale: &Scale, row: &Drawn<'_>, is_last: bool, written: Written) -> Markup {
    let is_total = matches!(row.step.is, Is::Whole(_) | Is::Sum);
    html! {
        tr class=[is_total.then_some("total")] {
            th scope="row" { (row.step.name) }
            td.drawn {
                svg aria-hidden="true" focusable="false" {
                    (axis(scale))
                    @let from = if row.is_still() { Place::WHOLE } else { 2_800 };
                    @if let Some(level) = row.before { (joint(scale.at(level), 0, from)) }
                    (bar(scale, row))
                    @if !is_last { (joint(scale.at(row.to), 7_200, Place::WHOLE)) }
                }
            }
            @match row.step.is {
                Is::Whole(_) | Is::Sum => td.number { (written(row.to)) },
                Is::Change(by) => td.number { (signed(by, written)) },
                Is::Unknown(why) => td.number.none { (why) },
            }
        }
    }
}

fn axis(scale: &Scale) -> Markup {
    let at = scale.at(0);
    html! {
        @if scale.crosses_zero() { line.axis x1=(at) x2=(at) y1="0%" y2="100%" {} }
    }
}

fn joint(at: Place, from: i64, to: i64) -> Markup {
    html! { line.joint x1=(at) x2=(at) y1=(Place(from)) y2=(Place(to)) {} }
}

fn bar(scale: &Scale, row: &Drawn<'_>) -> Markup {
    let (a, b) = (scale.at(row.from), scale.at(row.to));
    let (from, width) = (a.min(b), Place((a.0 - b.0).abs()));
    let class = match row.step.is {
        Is::Whole(_) => "whole",
        Is::Sum => "whole sum",
        Is::Change(by) if by < 0 => "less",
        _ if row.is_still() => return html! {},
        _ => "more",
    };
    html! { rect class=(class) x=(from) width=(width) y="28%" height="44%" {} }
}

/// A change with its sign: `+$1.63`, `−$4.37`.
pub(super) fn signed(by: i64, written: Written) -> String {
    if 0 < by { format!("+{}", written(by)) } else { written(by) }
}

/// Says what the shapes mean, those that are there.
fn legend(steps: &[Step<'_>]) -> Markup {
    let less = steps.iter().any(|it| matches!(it.is, Is::Change(by) if by < 0));
    let more = steps.iter().any(|it| matches!(it.is, Is::Change(by) if 0 < by));
    html! {
        @if less || more {
            ul.legend {
                li { (mark("whole")) "What is there" }
                @if less { li { (mark("less")) "Taken away" } }
                @if more { li { (mark("more")) "Added" } }
            }
        }
    }
}

/// A shape of the chart, as its legend shows it.
pub(super) fn mark(class: &str) -> Markup {
    html! {
        svg.mark aria-hidden="true" focusable="false" {
            rect class=(class) x="5%" width="90%" y="20%" height="60%" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::money::dollars;
    use super::*;

    fn drawn(steps: &[Step<'_>]) -> String {
        waterfall("An hour", "Amount", dollars, steps, &Empty::new("No hour yet.")).0
    }

    #[test]
    fn a_sum_is_what_the_rows_above_it_make() {
        let steps = [
            Step::whole("As signed", 8_384),
            Step::change("Not received", -437),
            Step::change("Late fee", 79),
            Step::sum("For each hour"),
        ];

        let html = drawn(&steps);

        for says in ["$83.84", "\u{2212}$4.37", "+$0.79", "$80.26", "Taken away", "Added"] {
            assert!(html.contains(says), "{says}: {html}");
        }
    }

    #[test]
    fn what_falls_below_zero_shows_where_zero_is() {
        let steps = [Step::whole("Pay", 100), Step::change("Costs", -300), Step::sum("Left")];
        let html = drawn(&steps);
        assert!(html.contains("class=\"axis\"") && html.contains("\u{2212}$2.00"), "{html}");
    }

    #[test]
    fn an_unknown_step_says_why_and_draws_nothing() {
        let steps = [Step::whole("Pay", 100), Step::unknown("Their part", "not published")];
        let html = drawn(&steps);
        assert!(html.contains("<td class=\"number none\">not published</td>"), "{html}");
        assert_eq!(html.matches("<rect").count(), 1, "{html}");
    }

    #[test]
    fn no_steps_say_what_will_be_here() {
        assert!(drawn(&[]).contains("No hour yet."));
    }
}
