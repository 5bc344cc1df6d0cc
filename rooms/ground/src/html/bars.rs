//! Bars: a table in which one column is drawn. The number stands beside every mark.

use maud::{Markup, html};

/// From where to where a bar runs, in basis points of the widest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Its start, from 0.
    pub from_bp: u16,
    /// Its end, to 10 000.
    pub to_bp: u16,
}

/// What a bar is drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Text's own.
    Plain,
    /// The reader's part.
    Yours,
    /// What is taken from a whole.
    Part,
    /// Too late.
    Late,
}

impl Ink {
    fn class(self) -> &'static str {
        match self {
            Self::Plain => "bar-of",
            Self::Yours => "bar-of yours",
            Self::Part => "bar-of part",
            Self::Late => "bar-of late",
        }
    }
}

/// A name, a bar, a value.
#[derive(Clone, Debug)]
pub struct Bar<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where it runs; nothing to draw says why in words.
    pub span: Result<Span, &'a str>,
    /// Its number.
    pub value: Markup,
    /// Its ink.
    pub ink: Ink,
    /// Whether it is a whole, in bold.
    pub total: bool,
}

/// Bars under one another on one scale. `caption` and `value_head` are read, not shown.
pub fn bars(caption: &str, value_head: &str, list: &[Bar<'_>]) -> Markup {
    html! {
        table.bars {
            caption { span.vh { (caption) } }
            thead.vh {
                tr {
                    th scope="col" { "What" }
                    th scope="col" { "Drawn" }
                    th scope="col" { (value_head) }
                }
            }
            tbody {
                @for bar in list {
                    tr class=[bar.total.then_some("total")] {
                        th scope="row" { (bar.name) }
                        @match bar.span {
                            Ok(span) => td { (drawn(span, bar.ink, html! {})) },
                            Err(why) => td.none { (why) },
                        }
                        td.number { (bar.value) }
                    }
                }
            }
        }
    }
}

/// How much of a promised time is gone: the word first, the bar second. `spent_bp` stops at full.
pub fn clock(says: &str, spent_bp: u16, ink: Ink) -> Markup {
    let spent = Span { from_bp: 0, to_bp: spent_bp };
    html! {
        span.clock.is-late[ink == Ink::Late] {
            b { (says) }
            (drawn(spent, ink, html! { rect class="ground" width="10000" height="8" {} }))
        }
    }
}

/// Widths are attributes of the drawing: a style attribute would need a hole in the policy.
fn drawn(span: Span, ink: Ink, ground: Markup) -> Markup {
    let from = span.from_bp.min(10_000);
    let width = span.to_bp.min(10_000).saturating_sub(from);
    html! {
        svg class=(ink.class()) viewBox="0 0 10000 8" preserveAspectRatio="none"
            aria-hidden="true" focusable="false" {
            (ground)
            rect x=(from) width=(width) height="8" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_never_runs_past_its_scale_or_backward() {
        let width = |from_bp, to_bp| drawn(Span { from_bp, to_bp }, Ink::Plain, html! {}).0;

        assert!(width(0, 20_000).contains("width=\"10000\""));
        assert!(width(9_000, 1_000).contains("width=\"0\""));
        assert!(width(2_500, 7_500).contains("x=\"2500\" width=\"5000\""));
    }

    #[test]
    fn what_is_late_says_so_in_words_first() {
        let html = clock("40 min late", 65_000, Ink::Late).0;
        assert!(html.starts_with("<span class=\"clock is-late\"><b>40 min late</b>"), "{html}");
    }
}
