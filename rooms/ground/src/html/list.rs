//! Lists between hairlines: what needs a person, what speaks for and against, what is promised.

use maud::{Markup, html};

use super::icons;
use super::link::{Act, Link};
use super::section::Empty;

/// A line: what it is, a second line in small, and one verb or value at the right.
#[derive(Clone, Debug)]
pub struct Row {
    what: Markup,
    second: Option<Markup>,
    end: End,
    state: &'static str,
}

#[derive(Clone, Debug)]
enum End {
    Open,
    Value(Markup),
    Act(Act),
}

impl Row {
    /// A line that says `what`.
    pub fn new(what: Markup) -> Self {
        Self { what, second: None, end: End::Open, state: "" }
    }

    /// Since when, until when, from whom.
    pub fn second(self, second: Markup) -> Self {
        Self { second: Some(second), ..self }
    }

    /// An amount or a word at the right.
    pub fn value(self, value: Markup) -> Self {
        Self { end: End::Value(value), ..self }
    }

    /// The one verb at the right.
    pub fn act(self, act: Act) -> Self {
        Self { end: End::Act(act), ..self }
    }

    /// Somebody may be in danger: the only red on a page.
    pub fn risk(self) -> Self {
        Self { state: "risk", ..self }
    }

    /// It is done with.
    pub fn past(self) -> Self {
        Self { state: "past", ..self }
    }

    /// It is open beside the list.
    pub fn chosen(self) -> Self {
        Self { state: "chosen", ..self }
    }
}

/// Lines between hairlines.
pub fn rows(list: &[Row], empty: &Empty) -> Markup {
    html! {
        @if list.is_empty() { (empty) }
        @else {
            ul.rows {
                @for row in list {
                    li class=[(!row.state.is_empty()).then_some(row.state)]
                        aria-current=[(row.state == "chosen").then_some("true")] {
                        div.what {
                            @if row.state == "risk" { (icons::WARNING) " " }
                            (row.what)
                        }
                        @match &row.end {
                            End::Open => {},
                            End::Value(value) => div.value { (value) },
                            End::Act(act) => (act),
                        }
                        @if let Some(second) = &row.second { div.second { (second) } }
                    }
                }
            }
        }
    }
}

/// One sentence for or against, and where it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    speaks_for: bool,
    says: String,
    source: Option<String>,
}

impl Reason {
    /// It speaks for, or it can be done.
    pub fn yes(says: impl Into<String>) -> Self {
        Self { speaks_for: true, says: says.into(), source: None }
    }

    /// It speaks against, or it cannot be done. Muted, never red.
    pub fn no(says: impl Into<String>) -> Self {
        Self { speaks_for: false, says: says.into(), source: None }
    }

    /// Where that is known from.
    pub fn source(self, source: impl Into<String>) -> Self {
        Self { source: Some(source.into()), ..self }
    }
}

/// Reasons, for and against at the same size.
pub fn reasons(list: &[Reason]) -> Markup {
    html! {
        ul.reasons {
            @for reason in list {
                li class=[(!reason.speaks_for).then_some("cannot")] {
                    @if reason.speaks_for { (icons::CHECK) } @else { (icons::DASH) }
                    div {
                        (reason.says)
                        @if let Some(source) = &reason.source { span.second { (source) } }
                    }
                }
            }
        }
    }
}

/// A promise of the charter: a sentence, set as one.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Its id: "OF-08".
    pub code: String,
    /// The promise in plain words.
    pub says: String,
    /// When it was last tried, and by whom.
    pub tried: Markup,
    /// The rule and the attempts on it, unfolding.
    pub unfolds: Option<Markup>,
}

/// Promises, each with its proof.
pub fn promises(list: &[Promise]) -> Markup {
    html! {
        ul.promises {
            @for promise in list {
                li {
                    div.code { (promise.code) }
                    p.says { (promise.says) }
                    p.note { (promise.tried) }
                    @if let Some(more) = &promise.unfolds { (more) }
                }
            }
        }
    }
}

/// Openings as whole-row links: day, hour, and how.
pub fn openings(list: &[(Link, Markup, &str)], empty: &Empty) -> Markup {
    html! {
        @if list.is_empty() { (empty) }
        @else {
            ul.places {
                @for (day, hour, how) in list {
                    li {
                        a href=(super::button::safe(day.href())) {
                            span.keep { (day.text()) }
                            b { (hour) }
                            span.aside { (how) }
                        }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_list_says_what_will_appear() {
        let empty = Empty::new("Nothing needs you.").act(Link::to("/calendar", "See the week"));
        let html = rows(&[], &empty).0;

        assert!(
            html.contains("Nothing needs you. <a href=\"/calendar\">See the week</a>"),
            "{html}"
        );
        assert!(!html.contains("<ul"));
    }

    #[test]
    fn a_risk_bears_its_sign_beside_its_color() {
        let row = Row::new(html! { "K. L. said yes" }).risk();
        let html = rows(&[row], &Empty::new("")).0;

        assert!(html.contains("<li class=\"risk\"><div class=\"what\"><svg"), "{html}");
    }
}
