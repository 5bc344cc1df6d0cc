//! How a page is divided: sections, columns, the one box, what is empty, what unfolds.

use maud::{Markup, Render, html};

use super::link::Link;

/// A part of a page: a rule of ink, its name at the left, an aside at the right.
pub fn section(name: &str, aside: Option<Markup>, body: Markup) -> Markup {
    html! {
        section.section {
            div.name {
                h2 { (name) }
                @if let Some(aside) = aside { div.aside { (aside) } }
            }
            (body)
        }
    }
}

/// Two columns on a desk, one under the other on a phone, in this order.
pub fn columns(main: Markup, side: Markup) -> Markup {
    html! { div.columns { div { (main) } div { (side) } } }
}

/// Two columns in which the side one leads: first on a phone and to those who listen, at the right
/// on a desk.
pub fn columns_led_by(side: Markup, main: Markup) -> Markup {
    html! { div.columns.led { div { (side) } div { (main) } } }
}

/// The box: only around something that can be acted on.
pub fn panel(name: &str, body: Markup) -> Markup {
    html! { section.panel { h2 { (name) } (body) } }
}

/// What comes next, on one line with what can be done about it.
pub fn next(title: &str, detail: Markup, acts: Markup) -> Markup {
    html! {
        section.panel {
            div.next {
                div.words { h2 { (title) } p { (detail) } }
                div.acts { (acts) }
            }
        }
    }
}

/// The one layer: it asks before anyone is told.
pub fn asks(sentence: Markup, acts: Markup) -> Markup {
    html! { div.asks role="status" { p { (sentence) } div.acts { (acts) } } }
}

/// What stands where nothing is yet: what will appear, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Empty {
    says: String,
    act: Option<Link>,
}

impl Empty {
    /// "No offers. You are open to new clients on Tuesdays; 2 people are being matched."
    pub fn new(says: impl Into<String>) -> Self {
        Self { says: says.into(), act: None }
    }

    /// The one thing to do about it.
    pub fn act(self, link: Link) -> Self {
        Self { act: Some(link), ..self }
    }
}

impl Render for Empty {
    fn render(&self) -> Markup {
        html! {
            div.empty { p { (self.says) @if let Some(act) = &self.act { " " (act) } } }
        }
    }
}

/// Text that unfolds where it stands.
pub fn disclosure(summary: &str, body: Markup) -> Markup {
    html! { details.disclosure { summary { (summary) } div.inside { (body) } } }
}

/// The text of a rule or a file as it was received, exactly.
pub fn rule_code(code: &str) -> Markup {
    html! { pre.code { code { (code) } } }
}
