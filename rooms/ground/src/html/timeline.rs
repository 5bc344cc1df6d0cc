//! What happened, in order; and the way of one request, with what is the clinician's to decide.

use maud::{Markup, html};

use super::section::Empty;

/// One thing that happened, or will.
#[derive(Clone, Debug)]
pub struct Moment {
    /// When.
    pub at: Markup,
    /// What.
    pub what: Markup,
    /// By whom, by which rule.
    pub second: Option<Markup>,
    /// Whether it still lies ahead.
    pub ahead: bool,
}

/// Moments in order.
pub fn timeline(list: &[Moment], empty: &Empty) -> Markup {
    html! {
        @if list.is_empty() { (empty) }
        @else {
            ol.timeline {
                @for it in list {
                    li class=[it.ahead.then_some("ahead")] {
                        div { (it.what) }
                        div.second {
                            (it.at)
                            @if let Some(second) = &it.second { " · " (second) }
                        }
                    }
                }
            }
        }
    }
}

/// One step of a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step<'a> {
    /// Its name.
    pub name: &'a str,
    /// What happens there.
    pub says: &'a str,
    /// Whether the reader decides here; else it is carried for them.
    pub yours: bool,
}

/// A way through the house: filled is the reader's to decide, hollow is carried.
pub fn journey(steps: &[Step<'_>]) -> Markup {
    html! {
        ol.journey {
            @for step in steps {
                li class=[step.yours.then_some("yours")] {
                    b { (step.name) @if step.yours { span.vh { ", yours to decide" } } }
                    span.second { (step.says) }
                }
            }
        }
    }
}
